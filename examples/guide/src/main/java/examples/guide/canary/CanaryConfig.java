package examples.guide.canary;

import grpc.spi.config.JsonObject;

/**
 * The configuration of {@code acme_canary}.
 *
 * @param percent the percentage of calls for canaries, 0 to 100
 */
public record CanaryConfig(int percent) {
  static CanaryConfig parse(JsonObject json) {
    return new CanaryConfig(json.integer("percent", 0, 100).orElse(1L).intValue());
  }
}
