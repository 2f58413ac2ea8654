package grpc.balancer.leastrequest;

import grpc.spi.config.JsonObject;

/**
 * The policy's configuration (A48).
 *
 * @param choiceCount the number of endpoints to draw for a call
 */
record LeastRequestConfig(int choiceCount) {
  private static final int LEAST = 2;

  /**
   * The largest effective count; a larger one counts as this: to draw many costs much and gains
   * little (A48).
   */
  private static final int MOST = 10;

  static final LeastRequestConfig DEFAULT = new LeastRequestConfig(LEAST);

  static LeastRequestConfig parse(JsonObject json) {
    return json.cappedInteger("choiceCount", LEAST, MOST)
        .map(LeastRequestConfig::new)
        .orElse(DEFAULT);
  }
}
