package grpc.kernel.time;

import grpc.spi.schedule.SerialScheduler.Cancellable;

/** The machine's clock; its one daemon thread starts with the first timer. */
final class SystemClock implements Clock {
  private final TimerThread timers = new TimerThread();

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    return timers.schedule(delayNanos, task);
  }
}
