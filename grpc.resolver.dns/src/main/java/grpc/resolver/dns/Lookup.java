package grpc.resolver.dns;

import java.io.IOException;

/** Asks DNS for a host; blocks. */
@FunctionalInterface
interface Lookup {
  /**
   * What is known of the host, at least one address.
   *
   * @throws IOException when there is no address or no answer; the message says which
   */
  Answer ask(String host) throws IOException, InterruptedException;
}
