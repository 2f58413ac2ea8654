package grpc.testing;

import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A serial executor with a clock that stands still until the test moves it. Tasks run on the test's
 * thread, in the order of their arrival, when the test runs them. Any thread may add tasks;
 * everything else is for the test's thread alone.
 */
public final class FakeScheduler implements SerialScheduler {
  private static final int ENDLESS = 1_000_000;

  private record Timer(long due, long number, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
  private long now;
  private long timersMade;
  private volatile boolean running;

  /** A scheduler with no tasks, at nanosecond 0. */
  public FakeScheduler() {}

  @Override
  public synchronized void execute(Runnable task) {
    tasks.add(task);
    notifyAll();
  }

  @Override
  public synchronized Cancellable schedule(Duration delay, Runnable task) {
    var timer = new Timer(after(now, delay), timersMade++, task);
    timers.add(timer);
    return () -> cancel(timer);
  }

  /** The moment this much later, at most {@link Long#MAX_VALUE}. */
  private static long after(long moment, Duration later) {
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(later));
    return nanos > Long.MAX_VALUE - moment ? Long.MAX_VALUE : moment + nanos;
  }

  private synchronized void cancel(Timer timer) {
    timers.remove(timer);
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  /** {@return whether a task is running right now} */
  public boolean isRunning() {
    return running;
  }

  /** {@return the number of waiting tasks} */
  public synchronized int pendingTasks() {
    return tasks.size();
  }

  /** {@return the number of timers that are neither due nor cancelled} */
  public synchronized int pendingTimers() {
    return timers.size();
  }

  /**
   * Runs the first task that waits.
   *
   * @return whether there was one
   */
  public boolean runNext() {
    Runnable task;
    synchronized (this) {
      task = tasks.poll();
    }
    if (task == null) {
      return false;
    }
    boolean outer = running;
    running = true;
    try {
      task.run();
    } finally {
      running = outer;
    }
    return true;
  }

  /**
   * Runs all waiting tasks, and the tasks that they add; timers only if they are due.
   *
   * @throws AssertionError when there is no end to them
   */
  public void run() {
    advance(Duration.ZERO);
  }

  /**
   * Moves the clock. Runs each timer at its moment, and all waiting tasks before, between and
   * after.
   *
   * @throws AssertionError when there is no end to them
   */
  public void advance(Duration by) {
    long end = after(nanoTime(), by);
    for (int ran = 0; ran < ENDLESS; ran++) {
      if (!runNext() && !turn(end)) {
        return;
      }
    }
    throw new AssertionError("over " + ENDLESS + " tasks within " + by + ": they never end");
  }

  /** Makes the next timer up to this moment a task; false when there is none. */
  private synchronized boolean turn(long end) {
    var next = timers.peek();
    if (next == null || next.due > end) {
      now = end;
      return false;
    }
    now = next.due;
    timers.remove(next);
    tasks.add(next.task);
    return true;
  }

  /**
   * Waits in real time for a task from another thread, then runs all waiting tasks.
   *
   * @return false when none came in time
   */
  public boolean await(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    synchronized (this) {
      while (tasks.isEmpty()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
      }
    }
    run();
    return true;
  }
}
