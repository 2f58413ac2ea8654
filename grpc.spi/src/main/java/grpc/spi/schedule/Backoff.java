package grpc.spi.schedule;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * The delays between failing attempts (gRPC's connection-backoff document): 1 s × 1.6, ±20 %, at
 * most 120 s. Connections, resolvers and health checks use these delays; retries have the delays of
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
   * Starts with the shortest delay.
   *
   * @param random numbers in [0, 1)
   */
  public Backoff(DoubleSupplier random) {
    this(FIRST_SECONDS, FACTOR, MAX_SECONDS, random);
  }

  /**
   * Starts with the shortest of these delays, ±20 %, too.
   *
   * @param first the first delay
   * @param factor the ratio of each delay to the one before
   * @param max the longest delay, before the ±20 %
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
   * {@return the delay between the start of this attempt and the next} The delay after it is
   * longer.
   */
  public Duration next() {
    double jittered = seconds * (1 + JITTER * (2 * random.getAsDouble() - 1));
    seconds = Math.min(seconds * factor, max);
    return Duration.ofNanos((long) (jittered * 1e9));
  }

  /** Starts again with the shortest delay: call it after a success. */
  public void reset() {
    seconds = first;
  }
}
