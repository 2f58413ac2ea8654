package grpc.kernel.pick;

import grpc.spi.schedule.SerialScheduler;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Notices that a channel has had no calls for a while. Calls only count themselves, so that they do
 * not meet; the counts are looked at four times an idle timeout, on the channel's serial executor.
 */
public final class IdleWatch {
  private static final int LOOKS = 4;
  private static final Cancellable NONE = () -> {};

  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final SerialScheduler scheduler;
  private final Duration timeout;
  private final Runnable idle;
  private Cancellable timer = NONE;
  private long seen;
  private int quiet;

  /**
   * Watches nothing until it is started.
   *
   * @param timeout the time without calls; zero for no end
   * @param idle runs when it has passed, at most a quarter too late
   */
  public IdleWatch(SerialScheduler scheduler, Duration timeout, Runnable idle) {
    this.scheduler = scheduler;
    this.timeout = timeout;
    this.idle = idle;
  }

  /** Counts a call; any thread. */
  public void begin() {
    begun.increment();
  }

  /** Counts the end of a call; any thread, once a call. */
  public void end() {
    ended.increment();
  }

  public void start() {
    quiet = 0;
    seen = ended.sum();
    next();
  }

  public void stop() {
    timer.cancel();
    timer = NONE;
  }

  private void next() {
    if (!timeout.isZero()) {
      timer = scheduler.schedule(timeout.dividedBy(LOOKS), this::look);
    }
  }

  private void look() {
    long over = ended.sum(); // first, so that a call that begins and ends now counts as running
    quiet = over == seen && over == begun.sum() ? quiet + 1 : 0;
    seen = over;
    if (quiet == LOOKS) {
      idle.run();
    } else {
      next();
    }
  }
}
