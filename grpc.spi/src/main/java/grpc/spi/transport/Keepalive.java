package grpc.spi.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * Finds out that the peer is gone without a FIN or RST: a side pings a silent connection, and
 * closes it if it stays silent (gRFC A8, A9). TCP_USER_TIMEOUT (A18) would do the same for
 * unacknowledged bytes, but java.nio cannot set it. Immutable.
 *
 * <pre>{@code Keepalive.every(Duration.ofMinutes(5)).withTimeout(Duration.ofSeconds(10))}</pre>
 *
 * Durations of more than 292 years count as 292 years.
 */
public final class Keepalive {
  /** The shortest time between a client's pings (A8). */
  private static final Duration SHORTEST_TIME = Duration.ofSeconds(10);

  /** The default time for the peer's answer: 20 s. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

  /** The default of servers (A9): a ping every two hours, with or without calls. */
  public static final Keepalive SERVER_DEFAULT = every(Duration.ofHours(2)).evenWithoutCalls();

  private final Duration time;
  private final Duration timeout;
  private final boolean withoutCalls;

  private Keepalive(Duration time, Duration timeout, boolean withoutCalls) {
    this.time = time;
    this.timeout = timeout;
    this.withoutCalls = withoutCalls;
  }

  /**
   * {@return a keepalive that pings while calls run, and gives the peer 20 s to answer}
   *
   * @param time the time without a byte from the peer before a ping
   * @throws IllegalArgumentException if the time is not positive
   */
  public static Keepalive every(Duration time) {
    return new Keepalive(positive("keepalive time", time), DEFAULT_TIMEOUT, false);
  }

  /**
   * {@return the same with another time between pings}
   *
   * @param time the time without a byte from the peer before a ping
   * @throws IllegalArgumentException if the time is not positive
   */
  public Keepalive withTime(Duration time) {
    return new Keepalive(positive("keepalive time", time), timeout, withoutCalls);
  }

  /**
   * {@return the same with another timeout}
   *
   * @param timeout the time for the peer to send any byte after the PING
   * @throws IllegalArgumentException if the timeout is not positive
   */
  public Keepalive withTimeout(Duration timeout) {
    return new Keepalive(time, positive("keepalive timeout", timeout), withoutCalls);
  }

  /** {@return the same, with pings also while no call runs} */
  public Keepalive evenWithoutCalls() {
    return new Keepalive(time, timeout, true);
  }

  /** {@return the same, with a time of at least 10 s: the least for a client (A8)} */
  public Keepalive forClient() {
    return time.compareTo(SHORTEST_TIME) < 0 ? withTime(SHORTEST_TIME) : this;
  }

  private static Duration positive(String name, Duration value) {
    Durations.requirePositive(name, value);
    return Durations.bounded(value);
  }

  /** {@return the time without a byte from the peer before a ping} */
  public Duration time() {
    return time;
  }

  /** {@return the time for the peer to send any byte after the PING} */
  public Duration timeout() {
    return timeout;
  }

  /** {@return whether to ping also while no call runs} */
  public boolean withoutCalls() {
    return withoutCalls;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Keepalive k
        && time.equals(k.time)
        && timeout.equals(k.timeout)
        && withoutCalls == k.withoutCalls;
  }

  @Override
  public int hashCode() {
    return Objects.hash(time, timeout, withoutCalls);
  }

  @Override
  public String toString() {
    return "every %s, timeout %s%s"
        .formatted(time, timeout, withoutCalls ? ", even without calls" : "");
  }
}
