package grpc.spi.transport;

import java.time.Duration;

/**
 * How often a server lets a client ping it (gRFC A8). A PING that comes sooner is a strike; the
 * third strike ends the connection with GOAWAY ENHANCE_YOUR_CALM {@code too_many_pings}. HEADERS or
 * DATA that the server sends clear the strikes, so pings that go with traffic never count.
 *
 * @param minInterval the least time between two pings
 * @param withoutCalls whether that holds while no call runs too; else it is two hours then
 */
public record PingPolicy(Duration minInterval, boolean withoutCalls) {
  /** What servers permit unless told otherwise. */
  public static final PingPolicy DEFAULT = new PingPolicy(Duration.ofMinutes(5), false);

  /**
   * A policy.
   *
   * @throws IllegalArgumentException when the interval is negative
   */
  public PingPolicy {
    if (minInterval.isNegative()) {
      throw new IllegalArgumentException(
          "permitted keepalive interval: " + minInterval + " (expected: zero or more)");
    }
    minInterval = Durations.bounded(minInterval);
  }
}
