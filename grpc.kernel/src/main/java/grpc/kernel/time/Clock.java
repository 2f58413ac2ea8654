package grpc.kernel.time;

import grpc.spi.schedule.SerialScheduler.Cancellable;

/** Time and timers; a fake one in tests. */
public interface Clock {
  /** The clock of this machine. */
  Clock SYSTEM = new SystemClock();

  /** {@return nanoseconds on the scale of {@link System#nanoTime()}} */
  long nanoTime();

  /**
   * Runs a task that does not block after the delay, on a thread that all timers share.
   *
   * @param delayNanos nanoseconds; zero or less means at once
   */
  Cancellable schedule(long delayNanos, Runnable task);
}
