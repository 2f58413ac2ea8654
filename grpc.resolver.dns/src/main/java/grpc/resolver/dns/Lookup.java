package grpc.resolver.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Asks for a host's addresses; blocks. */
@FunctionalInterface
interface Lookup {
  /**
   * The host's addresses, at least one.
   *
   * @throws IOException when there is none or no answer; the message says which
   */
  List<InetAddress> addresses(String host) throws IOException, InterruptedException;
}
