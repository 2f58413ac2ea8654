package grpc.spi.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * The limits for the age and idleness of a server's connections (gRFC A9). A connection beyond a
 * limit ends gracefully: the server sends GOAWAY, the client opens another one for new calls, and
 * running calls are answered. Immutable. Durations of more than 292 years count as {@link
 * #FOREVER}.
 */
public final class ConnectionAge {
  /** No limit. */
  public static final Duration FOREVER = Durations.FOREVER;

  /** No limits, the default: only clients end connections. */
  public static final ConnectionAge UNLIMITED = new ConnectionAge(FOREVER, FOREVER, FOREVER);

  private final Duration maxIdle;
  private final Duration maxAge;
  private final Duration grace;

  private ConnectionAge(Duration maxIdle, Duration maxAge, Duration grace) {
    this.maxIdle = maxIdle;
    this.maxAge = maxAge;
    this.grace = grace;
  }

  /**
   * {@return the same with another limit for idleness}
   *
   * @param maxIdle the longest time without a call; the connection ends at most a quarter of it
   *     later
   * @throws IllegalArgumentException if it is not positive
   */
  public ConnectionAge withMaxIdle(Duration maxIdle) {
    return new ConnectionAge(positive("max connection idle", maxIdle), maxAge, grace);
  }

  /**
   * {@return the same with another limit for the age}
   *
   * @param maxAge the longest age, ±10 %, so that connections made together do not end together
   * @throws IllegalArgumentException if it is not positive
   */
  public ConnectionAge withMaxAge(Duration maxAge) {
    return new ConnectionAge(maxIdle, positive("max connection age", maxAge), grace);
  }

  /**
   * {@return the same with another grace}
   *
   * @param grace the time that calls may still run after the maximum age; then they are cancelled
   * @throws IllegalArgumentException if it is not positive
   */
  public ConnectionAge withGrace(Duration grace) {
    return new ConnectionAge(maxIdle, maxAge, positive("max connection age grace", grace));
  }

  private static Duration positive(String name, Duration value) {
    Durations.requirePositive(name, value);
    return Durations.bounded(value);
  }

  /**
   * {@return the longest time without a call; the connection ends at most a quarter of it later}
   */
  public Duration maxIdle() {
    return maxIdle;
  }

  /** {@return the longest age, ±10 %} */
  public Duration maxAge() {
    return maxAge;
  }

  /** {@return the time that calls may still run after the maximum age; then they are cancelled} */
  public Duration grace() {
    return grace;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ConnectionAge a
        && maxIdle.equals(a.maxIdle)
        && maxAge.equals(a.maxAge)
        && grace.equals(a.grace);
  }

  @Override
  public int hashCode() {
    return Objects.hash(maxIdle, maxAge, grace);
  }

  @Override
  public String toString() {
    return "max idle %s, max age %s, grace %s".formatted(maxIdle, maxAge, grace);
  }
}
