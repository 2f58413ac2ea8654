package grpc.resolver.dns;

import java.io.IOException;
import java.util.function.Consumer;

/** Asks DNS for a host; blocks. */
@FunctionalInterface
interface Lookup {
  /**
   * Tells what is known of the host, at least one address, as soon as calls can begin; and again
   * when more is known. Returns when nothing more comes.
   *
   * @param found hears each answer, which replaces the one before
   * @throws IOException when there is no address or no answer, before any was told; the message
   *     says which
   */
  void ask(String host, Consumer<Answer> found) throws IOException, InterruptedException;
}
