package grpc.transport.nio.connection;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as text, for people. */
public final class DurationText {
  private static final int MILLIS = 3;

  private DurationText() {}

  /** {@return a text like {@code 20 s} or {@code 0.25 s}} */
  public static String of(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), MILLIS);
    return seconds.stripTrailingZeros().toPlainString() + " s";
  }
}
