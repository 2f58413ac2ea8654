package grpc.spi.schedule;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * How long to wait between attempts that fail (gRPC's connection-backoff document): 1 s × 1.6, ±20
 * %, at most 120 s. Connections, resolvers and health checks wait so; retries with the delays of
 * their policy. Arithmetic only; for one thread, or one serial executor.
 */
public final class Backoff {
  private static final double FIRST_SECONDS = 1;
  private static final double FACTOR = 1.6;
  private static final double MAX_SECONDS = 120;
  private static final double JITTER = 0.2;

  private final DoubleSupplier random;
  private final double first;
  private final double factor;
  private final double max;
  private double seconds;

  /**
   * A backoff whose next delay is the first.
   *
   * @param random numbers in [0, 1)
   */
  public Backoff(DoubleSupplier random) {
    this(FIRST_SECONDS, FACTOR, MAX_SECONDS, random);
  }

  /**
   * A backoff with delays of its own, ±20 % too, whose next delay is the first.
   *
   * @param first the first delay
   * @param factor what each delay is longer than the last by
   * @param max the longest delay, before it is made 20 % longer at most
   * @param random numbers in [0, 1)
   */
  public Backoff(Duration first, double factor, Duration max, DoubleSupplier random) {
    this(seconds(first), factor, seconds(max), random);
  }

  private static double seconds(Duration duration) {
    return TimeUnit.NANOSECONDS.convert(duration) / 1e9; // 292 years at the most
  }

  private Backoff(double first, double factor, double max, DoubleSupplier random) {
    this.first = Math.min(first, max);
    this.factor = factor;
    this.max = max;
    this.random = random;
    this.seconds = this.first;
  }

  /**
   * {@return how long after the start of this attempt the next may start} The one after is longer.
   */
  public Duration next() {
    double jittered = seconds * (1 + JITTER * (2 * random.getAsDouble() - 1));
    seconds = Math.min(seconds * factor, max);
    return Duration.ofNanos((long) (jittered * 1e9));
  }

  /** Starts again with the shortest delay, after a success. */
  public void reset() {
    seconds = first;
  }
}
