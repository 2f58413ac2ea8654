package grpc.api;

import java.time.Duration;

/**
 * A moment by which a call must have ended, on the scale of {@link System#nanoTime()}.
 *
 * @param nanoTime the moment in nanoseconds of this JVM's {@code nanoTime}
 */
public record Deadline(long nanoTime) {
  /** Durations beyond this are taken as this: about a century, so that nanoTime cannot overflow. */
  private static final Duration MAX = Duration.ofDays(36_500);

  /** {@return the deadline this long from now; a negative duration gives one that has passed} */
  public static Deadline after(Duration duration) {
    return after(duration, System.nanoTime());
  }

  /** {@return the deadline this long after the moment {@code nowNanos}} */
  public static Deadline after(Duration duration, long nowNanos) {
    Duration bounded = duration.compareTo(MAX) > 0 ? MAX : duration;
    return new Deadline(nowNanos + bounded.toNanos());
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
