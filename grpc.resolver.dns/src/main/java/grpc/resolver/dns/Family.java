package grpc.resolver.dns;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The two kinds of addresses that a host may have. */
enum Family {
  V4,
  V6;

  /** {@return the family of an address} */
  static Family of(InetAddress address) {
    return address instanceof Inet4Address ? V4 : V6;
  }
}
