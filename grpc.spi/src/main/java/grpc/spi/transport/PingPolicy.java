package grpc.spi.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a server lets a client ping it (gRFC A8). A PING that comes sooner is a strike; the
 * third strike ends the connection with GOAWAY ENHANCE_YOUR_CALM {@code too_many_pings}. HEADERS or
 * DATA that the server sends clear the strikes, so pings that go with traffic never count.
 * Immutable.
 *
 * <pre>{@code PingPolicy.atMostEvery(Duration.ofMinutes(1)).evenWithoutCalls()}</pre>
 */
public final class PingPolicy {
  /** What servers permit by default: a ping every five minutes while calls run. */
  public static final PingPolicy DEFAULT = atMostEvery(Duration.ofMinutes(5));

  private final Duration minInterval;
  private final boolean withoutCalls;

  private PingPolicy(Duration minInterval, boolean withoutCalls) {
    this.minInterval = minInterval;
    this.withoutCalls = withoutCalls;
  }

  /**
   * {@return a policy that permits pings so often while calls run, and every two hours else}
   *
   * @param minInterval the least time between two pings; more than 292 years count as 292 years
   * @throws IllegalArgumentException if the interval is negative
   */
  public static PingPolicy atMostEvery(Duration minInterval) {
    if (minInterval.isNegative()) {
      throw new IllegalArgumentException(
          "permitted keepalive interval: " + minInterval + " (expected: zero or more)");
    }
    return new PingPolicy(Durations.bounded(minInterval), false);
  }

  /** {@return the same, with that interval while no call runs, too} */
  public PingPolicy evenWithoutCalls() {
    return new PingPolicy(minInterval, true);
  }

  /** {@return the least time between two pings} */
  public Duration minInterval() {
    return minInterval;
  }

  /** {@return whether the interval holds while no call runs, too; if not, it is two hours then} */
  public boolean withoutCalls() {
    return withoutCalls;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PingPolicy p
        && minInterval.equals(p.minInterval)
        && withoutCalls == p.withoutCalls;
  }

  @Override
  public int hashCode() {
    return Objects.hash(minInterval, withoutCalls);
  }

  @Override
  public String toString() {
    return "at most every %s%s".formatted(minInterval, withoutCalls ? ", even without calls" : "");
  }
}
