package grpc.spi.schedule;

import java.time.Duration;

/**
 * A channel's serial executor: tasks run one at a time, in the order of their arrival. Each task
 * sees all effects of the earlier ones. Resolvers, balancers and subchannel listeners run on it, so
 * they need no locks. Tasks must not block.
 */
public interface SerialScheduler {
  /** Runs the task after the queued ones. May be called from any thread. */
  void execute(Runnable task);

  /**
   * Runs the task after the delay. May be called from any thread.
   *
   * @return cancels the task
   */
  Cancellable schedule(Duration delay, Runnable task);

  /**
   * {@return nanoseconds on the scale of {@link System#nanoTime()}; in tests, those of a fake
   * clock}
   */
  long nanoTime();

  /** A task that can be withdrawn. */
  @FunctionalInterface
  interface Cancellable {
    /**
     * Withdraws the task. If you call it on the executor itself, the task does not run afterwards.
     */
    void cancel();
  }
}
