package grpc.resolver.dns;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait after failed lookups: 1 s × 1.6, ±20 %, at most 120 s. Arithmetic only. */
final class Backoff {
  private static final double FIRST_SECONDS = 1;
  private static final double FACTOR = 1.6;
  private static final double MAX_SECONDS = 120;
  private static final double JITTER = 0.2;

  private final DoubleSupplier random;
  private double seconds = FIRST_SECONDS;

  /**
   * A backoff whose next delay is the first.
   *
   * @param random numbers in [0, 1)
   */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  /** How long to wait before the next lookup. */
  Duration next() {
    double jittered = seconds * (1 + JITTER * (2 * random.getAsDouble() - 1));
    seconds = Math.min(seconds * FACTOR, MAX_SECONDS);
    return Duration.ofNanos((long) (jittered * 1e9));
  }

  /** Starts again: a lookup has succeeded. */
  void reset() {
    seconds = FIRST_SECONDS;
  }
}
