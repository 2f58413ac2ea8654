package examples.guide.canary;

import grpc.spi.balancer.BalancerConfig;
import java.util.Map;

/**
 * The configuration of {@code acme_canary}.
 *
 * @param percent of the calls that go to canaries, 0 to 100
 */
record CanaryConfig(int percent) implements BalancerConfig {
  static CanaryConfig parse(Map<String, ?> json) {
    return switch (json.get("percent")) {
      case null -> new CanaryConfig(1);
      case Double d when d >= 0 && d <= 100 && d == Math.rint(d) -> new CanaryConfig(d.intValue());
      case Object other ->
          throw new IllegalArgumentException(
              "percent: %s (expected: a whole number, 0 to 100)".formatted(other));
    };
  }
}
