package grpc.resolver.dns;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Logs a warning once although each reading of a file repeats it. After a reading without it, it is
 * logged again. For one thread at a time.
 */
final class OnceEach {
  private final Consumer<String> log;
  private Set<String> logged = Set.of();
  private Set<String> now = new HashSet<>();

  OnceEach(Consumer<String> log) {
    this.log = log;
  }

  void warn(String warning) {
    if (now.add(warning) && !logged.contains(warning)) {
      log.accept(warning);
    }
  }

  /** The file was read; later warnings belong to the next reading. */
  void endRound() {
    logged = now;
    now = new HashSet<>();
  }
}
