package grpc.spi.transport;

import java.time.Duration;

/** Checks of durations in the options of connections. */
final class Durations {
  /** The longest duration in nanoseconds: 292 years. */
  static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private Durations() {}

  static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
    }
  }

  /** {@return the duration, at most {@link #FOREVER}} */
  static Duration bounded(Duration value) {
    return value.compareTo(FOREVER) > 0 ? FOREVER : value;
  }
}
