package grpc.balancer.pickfirst;

import grpc.spi.balancer.BalancerConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/**
 * The policy's configuration (A61, A62).
 *
 * @param shuffle whether each resolution's endpoints are shuffled first
 * @param attemptDelay how long one address is tried before the next is tried beside it
 */
record PickFirstConfig(boolean shuffle, Duration attemptDelay) implements BalancerConfig {
  /** RFC 8305 §5 recommends it, as do the limits. */
  private static final Duration DEFAULT_DELAY = Duration.ofMillis(250);

  private static final Duration LEAST_DELAY = Duration.ofMillis(100);
  private static final Duration MOST_DELAY = Duration.ofSeconds(2);

  static final PickFirstConfig DEFAULT = new PickFirstConfig(false, DEFAULT_DELAY);

  static PickFirstConfig parse(Map<String, ?> json) {
    boolean shuffle =
        switch (json.get("shuffleAddressList")) {
          case null -> false;
          case Boolean value -> value;
          case Object other -> throw bad("shuffleAddressList", other, "true or false");
        };
    var delay = json.get("attemptDelay");
    return new PickFirstConfig(shuffle, delay == null ? DEFAULT_DELAY : delay(delay));
  }

  /** Reads the JSON form of google.protobuf.Duration: {@code 0.3s}. */
  private static Duration delay(Object value) {
    if (value instanceof String text && text.endsWith("s")) {
      try {
        var seconds = new BigDecimal(text.substring(0, text.length() - 1));
        var delay = Duration.ofNanos(seconds.movePointRight(9).longValueExact());
        if (delay.compareTo(LEAST_DELAY) >= 0 && delay.compareTo(MOST_DELAY) <= 0) {
          return delay;
        }
      } catch (ArithmeticException | NumberFormatException e) {
        // told below, as for a delay that is not allowed
      }
    }
    throw bad("attemptDelay", value, "0.1s to 2s");
  }

  private static IllegalArgumentException bad(String field, Object value, String expected) {
    return new IllegalArgumentException("%s: %s (expected: %s)".formatted(field, value, expected));
  }
}
