package grpc.spi.config;

import grpc.spi.failure.Excerpt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and durations as protobuf writes them in JSON. */
final class JsonNumbers {
  /** The range of google.protobuf.Duration, in both directions: some 10,000 years. */
  static final Duration MOST = Duration.ofDays(3_652_500);

  /** The longest number in characters: arithmetic with very long numbers takes too much time. */
  private static final int LONGEST = 100;

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d{1,9})?");
  private static final Pattern DURATION = Pattern.compile("(-?)(\\d{1,12})(?:\\.(\\d{1,9}))?s");

  private JsonNumbers() {}

  /**
   * A number, or a number in a string: protobuf writes 64-bit integers as strings, and reads all
   * numbers from strings, too.
   */
  static Optional<BigDecimal> number(Object value) {
    return switch (value) {
      case BigDecimal number -> Optional.of(number);
      case String text when text.length() <= LONGEST && NUMBER.matcher(text).matches() ->
          Optional.of(new BigDecimal(text).stripTrailingZeros());
      default -> Optional.empty();
    };
  }

  /** The same number without its trailing zeros, so that 5 and 5.0 are equal. */
  static BigDecimal of(Number number) {
    var text = number.toString();
    if (text.length() > LONGEST || !NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a number: %s (expected: a finite one of at most %d characters)"
              .formatted(Excerpt.of(text), LONGEST));
    }
    return new BigDecimal(text).stripTrailingZeros();
  }

  static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.scale() <= 0; // its trailing zeros are removed
  }

  static Optional<Duration> duration(Object value) {
    return value instanceof String text
        ? Optional.of(DURATION.matcher(text))
            .filter(Matcher::matches)
            .map(JsonNumbers::duration)
            .filter(duration -> duration.abs().compareTo(MOST) <= 0)
        : Optional.empty();
  }

  private static Duration duration(Matcher text) {
    String fraction = text.group(3) == null ? "" : text.group(3);
    String nanos = fraction + "0".repeat(9 - fraction.length());
    var duration = Duration.ofSeconds(Long.parseLong(text.group(2)), Long.parseLong(nanos));
    return text.group(1).isEmpty() ? duration : duration.negated();
  }

  /** As protobuf writes it: {@code 1.5s}. */
  static String text(Duration duration) {
    var seconds =
        BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    return seconds.signum() == 0 ? "0s" : seconds.stripTrailingZeros().toPlainString() + "s";
  }
}
