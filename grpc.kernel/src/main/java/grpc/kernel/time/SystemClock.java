package grpc.kernel.time;

import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's clock; its one daemon thread starts with the first timer. */
final class SystemClock implements Clock {
  private static final class Timers {
    static final ScheduledThreadPoolExecutor THREAD = create();

    private static ScheduledThreadPoolExecutor create() {
      var executor =
          new ScheduledThreadPoolExecutor(
              1,
              Thread.ofPlatform()
                  .daemon()
                  .name("grpc-timer")
                  .inheritInheritableThreadLocals(false)
                  .factory());
      executor.setRemoveOnCancelPolicy(true); // most deadlines never pass
      return executor;
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    var future = Timers.THREAD.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }
}
