package grpc.transport.nio.wire;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The timers of one loop, for use on it only. */
public final class LoopTimers {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A task that waits for its moment. */
  public static final class Timer implements Comparable<Timer> {
    private final long nanoTime;
    private final Runnable task;
    private boolean cancelled;

    private Timer(long nanoTime, Runnable task) {
      this.nanoTime = nanoTime;
      this.task = task;
    }

    /** Withdraws the task. */
    public void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Timer other) {
      return Long.signum(nanoTime - other.nanoTime);
    }
  }

  private final PriorityQueue<Timer> queue = new PriorityQueue<>();

  LoopTimers() {}

  /** Runs the task on the loop after so many nanoseconds. */
  public Timer schedule(long delayNanos, Runnable task) {
    var timer = new Timer(System.nanoTime() + delayNanos, task);
    queue.add(timer);
    return timer;
  }

  /** {@return how long a selector may sleep, 0 for ever; rounded up so that it does not spin} */
  long millisToNext(long now) {
    Timer next = queue.peek();
    while (next != null && next.cancelled) {
      queue.remove();
      next = queue.peek();
    }
    return next == null ? 0 : Math.max(1, (next.nanoTime - now) / NANOS_PER_MILLI + 1);
  }

  /** {@return the next task that is due, which is removed; null when there is none} */
  @Nullable Runnable poll(long now) {
    for (Timer next = queue.peek();
        next != null && (next.cancelled || next.nanoTime - now <= 0);
        next = queue.peek()) {
      queue.remove();
      if (!next.cancelled) {
        return next.task;
      }
    }
    return null;
  }
}
