package grpc.kernel.time;

import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One daemon thread that runs what is due, and waits between. It starts with the first timer, and
 * nothing that is thrown ends it: it takes no memory to wait, and what a task throws is logged if
 * there is memory for that. Safe for use by any thread.
 */
final class TimerThread implements Runnable {
  private static final Logger log = LoggerFactory.getLogger("grpc.timer");

  /** Nanoseconds, 146 years: a moment further away would look like one in the past. */
  private static final long LONGEST = Long.MAX_VALUE / 2;

  private final PriorityQueue<Timer> queue = new PriorityQueue<>(); // under this monitor, as is all
  private @Nullable Thread thread;
  private int cancelled;

  /** A task that waits for its moment. */
  private final class Timer implements Comparable<Timer>, Cancellable {
    private final long at;
    private @Nullable Runnable task; // null once it has begun or is withdrawn

    Timer(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }

    @Override
    public int compareTo(Timer other) {
      return Long.signum(at - other.at);
    }

    @Override
    public void cancel() {
      cancelled(this);
    }
  }

  /** Runs the task on the thread after so many nanoseconds. */
  Cancellable schedule(long delayNanos, Runnable task) {
    var timer = new Timer(System.nanoTime() + Math.min(delayNanos, LONGEST), task);
    Thread toWake = add(timer);
    if (toWake != null) {
      LockSupport.unpark(toWake);
    }
    return timer;
  }

  private synchronized @Nullable Thread add(Timer timer) {
    if (thread == null) {
      var starting =
          Thread.ofPlatform()
              .daemon()
              .name("grpc-timer")
              .inheritInheritableThreadLocals(false)
              .unstarted(this);
      starting.start(); // if there is no memory for it, the next timer tries again
      thread = starting;
    }
    queue.add(timer);
    return timer.equals(queue.peek()) ? thread : null;
  }

  /** Most deadlines never pass: withdrawn timers are cleared away once they are the half. */
  private synchronized void cancelled(Timer timer) {
    if (timer.task != null) {
      timer.task = null;
      if (++cancelled > queue.size() / 2) {
        queue.removeIf(t -> t.task == null);
        cancelled = 0;
      }
    }
  }

  /** {@return how many there are, some of them perhaps withdrawn} */
  synchronized int size() {
    return queue.size();
  }

  @Override
  public void run() {
    while (true) {
      try {
        Runnable due = poll();
        if (due != null) {
          due.run();
        } else {
          LockSupport.parkNanos(this, nanosToNext());
        }
      } catch (Throwable t) { // memory ran out, or a task is not as it should be
        complain(t);
      }
    }
  }

  private static void complain(Throwable thrown) {
    try {
      log.error("a timer's task failed", thrown);
    } catch (Throwable again) { // nor is there memory to say so
    }
  }

  /** {@return the next task that is due, which is removed; null if there is none} */
  private synchronized @Nullable Runnable poll() {
    Timer next = peek();
    if (next == null || next.at - System.nanoTime() > 0) {
      return null;
    }
    queue.remove();
    Runnable task = next.task;
    next.task = null;
    return task;
  }

  /** {@return how long to wait; a timer that comes meanwhile and is sooner ends the wait} */
  private synchronized long nanosToNext() {
    Timer next = peek();
    return next == null ? LONGEST : Math.max(1, next.at - System.nanoTime());
  }

  /** {@return the first that is not withdrawn} */
  private @Nullable Timer peek() {
    Timer next = queue.peek();
    while (next != null && next.task == null) {
      queue.remove();
      cancelled = Math.max(0, cancelled - 1);
      next = queue.peek();
    }
    return next;
  }
}
