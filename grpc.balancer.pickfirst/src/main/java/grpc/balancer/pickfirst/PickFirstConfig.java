package grpc.balancer.pickfirst;

import grpc.spi.config.JsonObject;
import java.time.Duration;

/**
 * The policy's configuration (A61, A62).
 *
 * @param shuffle whether to shuffle the endpoints of each resolution
 * @param attemptDelay the time before the next address is tried beside one that connects
 */
record PickFirstConfig(boolean shuffle, Duration attemptDelay) {
  /** The default; RFC 8305 §5 recommends it, and the limits, too. */
  private static final Duration DEFAULT_DELAY = Duration.ofMillis(250);

  private static final Duration LEAST_DELAY = Duration.ofMillis(100);
  private static final Duration MOST_DELAY = Duration.ofSeconds(2);

  static final PickFirstConfig DEFAULT = new PickFirstConfig(false, DEFAULT_DELAY);

  static PickFirstConfig parse(JsonObject json) {
    return new PickFirstConfig(
        json.bool("shuffleAddressList").orElse(DEFAULT.shuffle()),
        json.duration("attemptDelay", LEAST_DELAY, MOST_DELAY).orElse(DEFAULT.attemptDelay()));
  }
}
