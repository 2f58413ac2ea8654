package grpc.kernel.channel;

import grpc.kernel.time.Clock;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A channel's serial executor. Whoever queues the first task of a burst has a thread started for
 * the burst, so no task runs on its caller's thread and none keeps a lock of its caller's.
 */
final class ChannelScheduler implements SerialScheduler {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final Clock clock;
  private final Executor executor;
  private final Consumer<Throwable> failed;

  /**
   * A scheduler with no tasks.
   *
   * @param failed hears what a task throws, on the scheduler
   */
  ChannelScheduler(Clock clock, Executor executor, Consumer<Throwable> failed) {
    this.clock = clock;
    this.executor = executor;
    this.failed = failed;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (pending.getAndIncrement() == 0) {
      executor.execute(this::drain);
    }
  }

  private void drain() {
    do {
      var task = tasks.poll();
      if (task != null) {
        run(task);
      }
    } while (pending.decrementAndGet() > 0);
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) { // a plugin's bug must not end the channel's events
      report(e);
    }
  }

  private void report(Throwable thrown) {
    try {
      failed.accept(thrown);
    } catch (Throwable again) { // nor must a logger's
      var thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, again);
    }
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    var timed = new Timed(task);
    var timer = clock.schedule(delay.toNanos(), () -> execute(timed));
    return () -> {
      timed.cancelled = true;
      timer.cancel();
    };
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  /** A task that is due may be queued already when it is cancelled. */
  private static final class Timed implements Runnable {
    private final Runnable task;
    private volatile boolean cancelled;

    Timed(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (!cancelled) {
        task.run();
      }
    }
  }
}
