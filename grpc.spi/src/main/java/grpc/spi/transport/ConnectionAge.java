package grpc.spi.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a server keeps a connection (gRFC A9). One that is too old or idle ends gracefully: the
 * server announces it, the client opens another for its next calls, and those that run are
 * answered. Immutable. Durations of more than 292 years count as {@link #FOREVER}.
 */
public final class ConnectionAge {
  /** Longer than any connection lives. */
  public static final Duration FOREVER = Durations.FOREVER;

  /** Connections end when their clients end them: the default. */
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
   * @param maxIdle how long a connection may have no call; it ends at most a quarter later
   * @throws IllegalArgumentException if it is not positive
   */
  public ConnectionAge withMaxIdle(Duration maxIdle) {
    return new ConnectionAge(positive("max connection idle", maxIdle), maxAge, grace);
  }

  /**
   * {@return the same with another limit for the age}
   *
   * @param maxAge how old a connection may become; give or take a tenth, so that connections made
   *     together do not end together
   * @throws IllegalArgumentException if it is not positive
   */
  public ConnectionAge withMaxAge(Duration maxAge) {
    return new ConnectionAge(maxIdle, positive("max connection age", maxAge), grace);
  }

  /**
   * {@return the same with another grace}
   *
   * @param grace how long calls may still run after the maximum age before they are cancelled
   * @throws IllegalArgumentException if it is not positive
   */
  public ConnectionAge withGrace(Duration grace) {
    return new ConnectionAge(maxIdle, maxAge, positive("max connection age grace", grace));
  }

  private static Duration positive(String name, Duration value) {
    Durations.requirePositive(name, value);
    return Durations.bounded(value);
  }

  /** {@return how long a connection may have no call; it ends at most a quarter later} */
  public Duration maxIdle() {
    return maxIdle;
  }

  /** {@return how old a connection may become, give or take a tenth} */
  public Duration maxAge() {
    return maxAge;
  }

  /** {@return how long calls may still run after the maximum age before they are cancelled} */
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
