package grpc.spi.transport;

import java.time.Duration;

/** The check that the options of connections share. */
final class Durations {
  private Durations() {}

  static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
    }
  }
}
