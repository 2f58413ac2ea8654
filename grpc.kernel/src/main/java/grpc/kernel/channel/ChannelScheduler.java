package grpc.kernel.channel;

import grpc.kernel.time.Clock;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A channel's serial executor. The first task of a burst starts a thread for the burst. So no task
 * runs on its caller's thread, or under a lock of its caller.
 */
final class ChannelScheduler implements SerialScheduler {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final Clock clock;
  private final Executor executor;
  private final Consumer<Throwable> failed;

  /**
   * A scheduler with no tasks.
   *
   * @param failed takes the exception of a task, on the scheduler
   */
  ChannelScheduler(Clock clock, Executor executor, Consumer<Throwable> failed) {
    this.clock = clock;
    this.executor = executor;
    this.failed = failed;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (draining.compareAndSet(false, true)) {
      startDraining();
    }
  }

  private void startDraining() {
    boolean started = false;
    try {
      executor.execute(this::drain);
      started = true;
    } finally {
      if (!started) { // out of memory, for example: the next task tries again, and runs all
        draining.set(false);
      }
    }
  }

  private void drain() {
    do {
      for (var task = tasks.poll(); task != null; task = tasks.poll()) {
        run(task);
      }
      draining.set(false); // then look again: a task that came before that started no thread
    } while (!tasks.isEmpty() && draining.compareAndSet(false, true));
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
    var timer = clock.schedule(TimeUnit.NANOSECONDS.convert(delay), () -> execute(timed));
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
