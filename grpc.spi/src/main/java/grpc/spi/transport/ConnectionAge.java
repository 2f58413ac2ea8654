package grpc.spi.transport;

import java.time.Duration;

/**
 * How long a server keeps a connection (gRFC A9). One that is too old or idle ends gracefully: the
 * client is told, opens another for its next calls, and those that run are answered.
 *
 * @param maxIdle how long it may have no call; it ends at most a quarter later
 * @param maxAge how old it may become; give or take a tenth, so that connections made together do
 *     not end together
 * @param grace how long calls may still run after {@code maxAge} before they are cancelled
 */
public record ConnectionAge(Duration maxIdle, Duration maxAge, Duration grace) {
  /** Longer than any connection lives. */
  public static final Duration FOREVER = Durations.FOREVER;

  /** Connections end when their clients end them: the default. */
  public static final ConnectionAge UNLIMITED = new ConnectionAge(FOREVER, FOREVER, FOREVER);

  /**
   * Limits. Durations of more than 292 years are taken for {@link #FOREVER}.
   *
   * @throws IllegalArgumentException when a duration is not positive
   */
  public ConnectionAge {
    Durations.requirePositive("max connection idle", maxIdle);
    Durations.requirePositive("max connection age", maxAge);
    Durations.requirePositive("max connection age grace", grace);
    maxIdle = Durations.bounded(maxIdle);
    maxAge = Durations.bounded(maxAge);
    grace = Durations.bounded(grace);
  }
}
