package examples.guide.canary;

import grpc.spi.config.JsonObject;

/**
 * The configuration of {@code acme_canary}.
 *
 * @param percent of the calls that go to canaries, 0 to 100
 */
public record CanaryConfig(int percent) {
  static CanaryConfig parse(JsonObject json) {
    return new CanaryConfig(json.integer("percent", 0, 100).orElse(1L).intValue());
  }
}
