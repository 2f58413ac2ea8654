package grpc.spi.schedule;

import java.time.Duration;

/**
 * A channel's serial executor: tasks run one at a time, in the order in which they came, with all
 * that one does visible to the next. Resolvers, balancers and subchannel listeners live on it, so
 * they need no locks. Tasks must not block.
 */
public interface SerialScheduler {
  /** Runs the task after those that are queued. May be called from any thread. */
  void execute(Runnable task);

  /**
   * Runs the task after the delay. May be called from any thread.
   *
   * @return cancels the task
   */
  Cancellable schedule(Duration delay, Runnable task);

  /** {@return nanoseconds on the scale of {@link System#nanoTime()}; a fake clock's in tests} */
  long nanoTime();

  /** A task that can be withdrawn. */
  @FunctionalInterface
  interface Cancellable {
    /** Withdraws the task. Called on the executor itself, it keeps a task from running for sure. */
    void cancel();
  }
}
