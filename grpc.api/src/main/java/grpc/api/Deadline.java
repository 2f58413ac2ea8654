package grpc.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A moment by which a call must have ended, on the scale of {@link System#nanoTime()}.
 *
 * @param nanoTime the moment in nanoseconds of this JVM's {@code nanoTime}
 */
public record Deadline(long nanoTime) {
  /**
   * The longest duration, about a century, so that nanoTime cannot overflow; a longer one is cut to
   * this.
   */
  private static final long MAX_NANOS = TimeUnit.DAYS.toNanos(36_500);

  /**
   * {@return the deadline this long from now; a negative duration gives one that has passed} A
   * duration is cut to about a century.
   */
  public static Deadline after(Duration duration) {
    return after(duration, System.nanoTime());
  }

  /** {@return the deadline this long after the moment {@code nowNanos}} */
  public static Deadline after(Duration duration, long nowNanos) {
    return after(TimeUnit.NANOSECONDS.convert(duration), nowNanos);
  }

  /** {@return the deadline this many nanoseconds after the moment {@code nowNanos}} */
  public static Deadline after(long nanos, long nowNanos) {
    return new Deadline(nowNanos + Math.clamp(nanos, -MAX_NANOS, MAX_NANOS));
  }

  /** {@return the time left, negative once it has passed} */
  public Duration remaining() {
    return Duration.ofNanos(remainingNanos(System.nanoTime()));
  }

  /** {@return nanoseconds left at the moment {@code nowNanos}, negative once it has passed} */
  public long remainingNanos(long nowNanos) {
    return nanoTime - nowNanos;
  }

  /** {@return the earlier of the two} */
  public Deadline earlier(Deadline other) {
    return nanoTime - other.nanoTime <= 0 ? this : other;
  }
}
