package grpc.spi.schedule;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait between attempts that fail (gRPC's connection-backoff document): 1 s × 1.6, ±20
 * %, at most 120 s. Connections, resolvers and health checks wait so. Arithmetic only; for one
 * thread, or one serial executor.
 */
public final class Backoff {
  private static final double FIRST_SECONDS = 1;
  private static final double FACTOR = 1.6;
  private static final double MAX_SECONDS = 120;
  private static final double JITTER = 0.2;

  private final DoubleSupplier random;
  private double seconds = FIRST_SECONDS;

  /**
   * A backoff whose next delay is the first.
   *
   * @param random numbers in [0, 1)
   */
  public Backoff(DoubleSupplier random) {
    this.random = random;
  }

  /**
   * {@return how long after the start of this attempt the next may start} The one after is longer.
   */
  public Duration next() {
    double jittered = seconds * (1 + JITTER * (2 * random.getAsDouble() - 1));
    seconds = Math.min(seconds * FACTOR, MAX_SECONDS);
    return Duration.ofNanos((long) (jittered * 1e9));
  }

  /** Starts again with the shortest delay, after a success. */
  public void reset() {
    seconds = FIRST_SECONDS;
  }
}
