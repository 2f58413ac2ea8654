package grpc.spi.transport;

import java.time.Duration;

/** The checks that the options of connections share. */
final class Durations {
  /** The longest that nanoseconds can count: 292 years. */
  static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private Durations() {}

  static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
    }
  }

  /** {@return the duration, or {@link #FOREVER} where it is longer} */
  static Duration bounded(Duration value) {
    return value.compareTo(FOREVER) > 0 ? FOREVER : value;
  }
}
