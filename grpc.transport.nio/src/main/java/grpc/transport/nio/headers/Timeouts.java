package grpc.transport.nio.headers;

import java.util.concurrent.TimeUnit;

/** The {@code grpc-timeout} field: up to 8 digits and a unit (PROTOCOL-HTTP2, Timeout). */
public final class Timeouts {
  /** The result of {@link #decode} for a malformed value. */
  public static final long MALFORMED = -1;

  private static final long LIMIT = 100_000_000; // 8 digits
  private static final int MAX_LENGTH = 9;

  private Timeouts() {}

  /** {@return the value in the finest unit that fits 8 digits, rounded up} */
  public static String encode(long nanos) {
    if (nanos < LIMIT) {
      return Math.max(nanos, 0) + "n";
    }
    if (nanos <= 1_000L * LIMIT - 1_000) {
      return up(nanos, 1_000L) + "u";
    }
    if (nanos <= 1_000_000L * LIMIT - 1_000_000) {
      return up(nanos, 1_000_000L) + "m";
    }
    if (nanos <= 1_000_000_000L * (LIMIT - 1)) {
      return up(nanos, 1_000_000_000L) + "S";
    }
    if (nanos <= 60_000_000_000L * (LIMIT - 1)) {
      return up(nanos, 60_000_000_000L) + "M";
    }
    return up(nanos, 3_600_000_000_000L) + "H"; // Long.MAX_VALUE nanoseconds are 292 years
  }

  private static long up(long nanos, long unit) {
    return nanos / unit + (nanos % unit == 0 ? 0 : 1);
  }

  /** {@return nanoseconds, {@link Long#MAX_VALUE} at the most, or {@link #MALFORMED}} */
  public static long decode(String value) {
    int digits = value.length() - 1;
    if (digits < 1 || digits >= MAX_LENGTH) {
      return MALFORMED;
    }
    long number = 0;
    for (int i = 0; i < digits; i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return MALFORMED;
      }
      number = 10 * number + digit;
    }
    return switch (value.charAt(digits)) {
      case 'H' -> TimeUnit.HOURS.toNanos(number);
      case 'M' -> TimeUnit.MINUTES.toNanos(number);
      case 'S' -> TimeUnit.SECONDS.toNanos(number);
      case 'm' -> TimeUnit.MILLISECONDS.toNanos(number);
      case 'u' -> TimeUnit.MICROSECONDS.toNanos(number);
      case 'n' -> number;
      default -> MALFORMED;
    };
  }
}
