package grpc.spi.transport;

import java.time.Duration;

/**
 * How a side finds out that its peer is gone though nothing says so: it pings a connection on which
 * nothing has come for a while, and gives it up when still nothing comes (gRFC A8, A9).
 * TCP_USER_TIMEOUT (A18), which would do the same for bytes that are not acknowledged, cannot be
 * set through java.nio: this is the only means.
 *
 * @param time after how long without a byte from the peer to ping it
 * @param timeout how long the peer may take to send anything at all after the PING
 * @param withoutCalls whether to ping while no call runs
 */
public record Keepalive(Duration time, Duration timeout, boolean withoutCalls) {
  /** The shortest time between a client's pings (A8). */
  private static final Duration SHORTEST_TIME = Duration.ofSeconds(10);

  /** What the peer is given to answer, unless chosen. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

  /** What servers do unless told otherwise (A9). */
  public static final Keepalive SERVER_DEFAULT =
      new Keepalive(Duration.ofHours(2), DEFAULT_TIMEOUT, true);

  /**
   * A keepalive. Durations of more than 292 years are taken for that.
   *
   * @throws IllegalArgumentException when a duration is not positive
   */
  public Keepalive {
    Durations.requirePositive("keepalive time", time);
    Durations.requirePositive("keepalive timeout", timeout);
    time = Durations.bounded(time);
    timeout = Durations.bounded(timeout);
  }

  /** A client's keepalive; a time below 10 s is raised to that (A8). */
  public static Keepalive ofClient(Duration time, Duration timeout, boolean withoutCalls) {
    var asked = new Keepalive(time, timeout, withoutCalls);
    return time.compareTo(SHORTEST_TIME) < 0
        ? new Keepalive(SHORTEST_TIME, timeout, withoutCalls)
        : asked;
  }
}
