package grpc.resolver.dns;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Warnings that come again with each reading of a file, of which people hear once: until one round
 * goes by without it. For one thread at a time.
 */
final class OnceEach {
  private final Consumer<String> log;
  private Set<String> told = Set.of();
  private Set<String> now = new HashSet<>();

  OnceEach(Consumer<String> log) {
    this.log = log;
  }

  void tell(String warning) {
    if (now.add(warning) && !told.contains(warning)) {
      log.accept(warning);
    }
  }

  /** The file was read; what is told from now on belongs to the next reading. */
  void endRound() {
    told = now;
    now = new HashSet<>();
  }
}
