package grpc.testing;

import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.ResolverState;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** Backends that differ only in their ports; no server listens there. */
public final class Endpoints {
  private static final String HOST = "backend.test";

  private Endpoints() {}

  /** {@return an address with this port} */
  public static Address address(int port) {
    return Address.of(InetSocketAddress.createUnresolved(HOST, port));
  }

  /** {@return the port of an address} */
  public static int port(Address address) {
    if (address.socketAddress() instanceof InetSocketAddress inet) {
      return inet.getPort();
    }
    throw new IllegalArgumentException(address + " has no port");
  }

  /** {@return a resolution with one endpoint per port} */
  public static ResolverState.Resolved of(int... ports) {
    return ResolverState.resolved(
        Arrays.stream(ports).mapToObj(p -> Endpoint.of(address(p))).toList());
  }
}
