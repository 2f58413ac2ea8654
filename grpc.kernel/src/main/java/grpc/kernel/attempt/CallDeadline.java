package grpc.kernel.attempt;

import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.kernel.time.Clock;
import grpc.spi.resolver.Target;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The moment by which a call must have ended, and the timer that ends it. A call without a deadline
 * has no such object. {@link #limit} comes before the first attempt, the rest on any thread.
 */
final class CallDeadline {
  private static final Cancellable STOPPED = () -> {};

  private final Clock clock;
  private final long startNanos;
  private long nanos;
  private @Nullable Cancellable timer; // under the monitor
  private volatile @Nullable Status unready;

  /**
   * A deadline.
   *
   * @param startNanos when the call began, on the clock's scale
   * @param nanos when it must have ended
   */
  CallDeadline(Clock clock, long startNanos, long nanos) {
    this.clock = clock;
    this.startNanos = startNanos;
    this.nanos = nanos;
  }

  /** Moves it to this moment, unless it is earlier already. */
  void limit(long otherNanos) {
    if (otherNanos - nanos < 0) {
      nanos = otherNanos;
    }
  }

  /** When the call began. */
  long startNanos() {
    return startNanos;
  }

  /** What is left, at least a nanosecond. */
  long leftNanos() {
    return Math.max(1, nanos - clock.nanoTime());
  }

  boolean hasPassed() {
    return nanos - clock.nanoTime() <= 0;
  }

  /** Starts the timer, unless it runs or is stopped. */
  synchronized void start(Runnable passed) {
    if (timer == null) {
      timer = clock.schedule(leftNanos(), passed);
    }
  }

  /** Stops the timer, or keeps it from being started; once a call. */
  synchronized void stop() {
    if (timer != null) {
      timer.cancel();
    }
    timer = STOPPED;
  }

  /** Why the call has no connection, for the status of a deadline that passes meanwhile. */
  void notReady(Status why) {
    unready = why;
  }

  /** There is a connection. */
  void ready() {
    if (unready != null) {
      unready = null;
    }
  }

  /**
   * The status of a call whose deadline has passed.
   *
   * @param asking whether its credentials are being asked
   */
  Status exceeded(MethodDescriptor<?, ?> method, Target target, boolean asking) {
    if (nanos - startNanos <= 0) {
      return Status.deadlineExceeded(
          "the deadline of %s had passed before it began (expected: time for the call)"
              .formatted(method));
    }
    var why = unready;
    return Status.deadlineExceeded(
        "no answer from %s to %s within %d ms%s"
            .formatted(
                target,
                method,
                TimeUnit.NANOSECONDS.toMillis(nanos - startNanos),
                asking
                    ? "; its call credentials had not answered"
                    : why == null ? "" : "; no connection: " + why.message()));
  }
}
