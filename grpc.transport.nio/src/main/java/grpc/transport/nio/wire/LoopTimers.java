package grpc.transport.nio.wire;

import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The timers of one loop, for use on it only, except {@link #now}. */
public final class LoopTimers {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The longest delay in nanoseconds, 146 years: a later moment would count as one in the past. */
  private static final long LONGEST = Long.MAX_VALUE / 2;

  /** A task that waits for its moment. */
  public static final class Timer implements Comparable<Timer> {
    private final LoopTimers timers;
    private final long nanoTime;
    private @Nullable Runnable task; // null once it has run or is withdrawn

    private Timer(LoopTimers timers, long nanoTime, Runnable task) {
      this.timers = timers;
      this.nanoTime = nanoTime;
      this.task = task;
    }

    /** Withdraws the task. */
    public void cancel() {
      if (task != null) {
        task = null; // the task may hold a connection, and be due in hours
        timers.cancelled();
      }
    }

    /** {@return whether the task has run or is withdrawn} */
    public boolean isDone() {
      return task == null;
    }

    @Override
    public int compareTo(Timer other) {
      return Long.signum(nanoTime - other.nanoTime);
    }
  }

  private final LongSupplier clock;
  private final PriorityQueue<Timer> queue = new PriorityQueue<>();
  private int cancelled;
  private long turn;

  /** Timers by a clock that counts nanoseconds as {@link System#nanoTime} does. */
  LoopTimers(LongSupplier clock) {
    this.clock = clock;
  }

  /** {@return nanoseconds of the loop's clock} Any thread. */
  public long now() {
    return clock.getAsLong();
  }

  /** Runs the task on the loop after this many nanoseconds, at most 146 years. */
  public Timer schedule(long delayNanos, Runnable task) {
    var timer = new Timer(this, now() + Math.min(delayNanos, LONGEST), task);
    queue.add(timer);
    return timer;
  }

  /**
   * Removes withdrawn timers once they are half of all: otherwise they pile up until they are due.
   */
  private void cancelled() {
    if (++cancelled > queue.size() / 2) {
      queue.removeIf(Timer::isDone);
      cancelled = 0;
    }
  }

  /** {@return the number of timers, with some withdrawn ones} */
  int size() {
    return queue.size();
  }

  /**
   * {@return the longest sleep of a selector, 0 for no limit; rounded up so that it does not spin}
   */
  long millisToNext() {
    Timer next = peek();
    return next == null ? 0 : Math.max(1, (next.nanoTime - now()) / NANOS_PER_MILLI + 1);
  }

  /** {@return whether a task is due} */
  boolean isDue(long now) {
    Timer next = peek();
    return next != null && next.nanoTime - now <= 0;
  }

  /**
   * {@return the start of the loop's present turn of timers, nanoseconds of its clock} All bytes
   * that came before it are read: a timer that measures silence counts to this moment and not to
   * {@link #now}.
   */
  public long turn() {
    return turn;
  }

  /** {@return the next due task, which it removes; null when there is none} */
  @Nullable Runnable poll(long now) {
    turn = now;
    Timer next = peek();
    if (next == null || next.nanoTime - now > 0) {
      return null;
    }
    queue.remove();
    Runnable task = next.task;
    next.task = null;
    return task;
  }

  /** {@return the first that is not withdrawn} */
  private @Nullable Timer peek() {
    Timer next = queue.peek();
    while (next != null && next.isDone()) {
      queue.remove();
      cancelled = Math.max(0, cancelled - 1);
      next = queue.peek();
    }
    return next;
  }
}
