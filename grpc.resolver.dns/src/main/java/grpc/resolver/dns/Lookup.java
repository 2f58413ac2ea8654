package grpc.resolver.dns;

import java.io.IOException;
import java.util.function.Consumer;

/** Asks DNS for a host; blocks. */
@FunctionalInterface
interface Lookup {
  /**
   * Reports the host's addresses, at least one, as soon as calls can begin; and again when more is
   * known. Returns when all answers are there.
   *
   * @param found gets each answer, which replaces the one before
   * @throws IOException when there is no address or no answer, and none was reported before; the
   *     message says which
   */
  void ask(String host, Consumer<Answer> found) throws IOException, InterruptedException;
}
