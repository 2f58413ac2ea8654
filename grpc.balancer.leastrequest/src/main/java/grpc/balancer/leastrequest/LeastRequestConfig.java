package grpc.balancer.leastrequest;

import grpc.spi.config.JsonObject;

/**
 * The policy's configuration (A48).
 *
 * @param choiceCount how many endpoints are drawn for a call
 */
record LeastRequestConfig(int choiceCount) {
  private static final int LEAST = 2;

  /** More are allowed and mean this: drawing many costs much and gains little (A48). */
  private static final int MOST = 10;

  static final LeastRequestConfig DEFAULT = new LeastRequestConfig(LEAST);

  static LeastRequestConfig parse(JsonObject json) {
    return json.cappedInteger("choiceCount", LEAST, MOST)
        .map(LeastRequestConfig::new)
        .orElse(DEFAULT);
  }
}
