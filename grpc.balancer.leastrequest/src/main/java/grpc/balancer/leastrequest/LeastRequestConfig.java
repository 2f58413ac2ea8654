package grpc.balancer.leastrequest;

import grpc.spi.balancer.BalancerConfig;
import java.util.Map;

/**
 * The policy's configuration (A48).
 *
 * @param choiceCount how many endpoints are drawn for a call
 */
record LeastRequestConfig(int choiceCount) implements BalancerConfig {
  private static final int LEAST = 2;

  /** More are allowed and mean this: drawing many costs much and gains little (A48). */
  private static final int MOST = 10;

  static final LeastRequestConfig DEFAULT = new LeastRequestConfig(LEAST);

  static LeastRequestConfig parse(Map<String, ?> json) {
    return switch (json.get("choiceCount")) {
      case null -> DEFAULT;
      case Number n
          when n.doubleValue() >= LEAST && n.doubleValue() == Math.rint(n.doubleValue()) ->
          new LeastRequestConfig((int) Math.min(n.doubleValue(), MOST));
      case Object other ->
          throw new IllegalArgumentException(
              "choiceCount: %s (expected: a whole number, 2 or more)".formatted(other));
    };
  }
}
