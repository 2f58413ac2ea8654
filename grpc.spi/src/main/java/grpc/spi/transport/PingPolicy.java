package grpc.spi.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * A server's limit for the pings of a client (gRFC A8). A PING that comes sooner is a strike; the
 * third strike ends the connection with GOAWAY ENHANCE_YOUR_CALM {@code too_many_pings}. HEADERS or
 * DATA from the server clear the strikes, so pings beside traffic do no harm. Immutable.
 *
 * <pre>{@code PingPolicy.atMostEvery(Duration.ofMinutes(1)).evenWithoutCalls()}</pre>
 */
public final class PingPolicy {
  /** The default: a ping every five minutes while calls run. */
  public static final PingPolicy DEFAULT = atMostEvery(Duration.ofMinutes(5));

  private final Duration minInterval;
  private final boolean withoutCalls;

  private PingPolicy(Duration minInterval, boolean withoutCalls) {
    this.minInterval = minInterval;
    this.withoutCalls = withoutCalls;
  }

  /**
   * {@return a policy that permits pings at this interval while calls run, and every two hours
   * otherwise}
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

  /** {@return the same, with that interval also while no call runs} */
  public PingPolicy evenWithoutCalls() {
    return new PingPolicy(minInterval, true);
  }

  /** {@return the least time between two pings} */
  public Duration minInterval() {
    return minInterval;
  }

  /** {@return whether the interval also holds while no call runs; if not, it is two hours then} */
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
