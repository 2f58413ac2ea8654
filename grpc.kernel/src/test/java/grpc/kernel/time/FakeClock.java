package grpc.kernel.time;

import static org.junit.jupiter.api.Assertions.fail;

import grpc.spi.schedule.SerialScheduler.Cancellable;
import grpc.testing.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The kernel's clock as the test moves it, by a {@link FakeScheduler}; it knows which timers wait.
 * Thread-safe.
 */
public final class FakeClock implements Clock {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final FakeScheduler time;
  private final List<Duration> pending = new ArrayList<>();

  /** A clock of its own. */
  public FakeClock() {
    this(new FakeScheduler());
  }

  /** The clock of this scheduler, which moves it. */
  public FakeClock(FakeScheduler time) {
    this.time = time;
  }

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    var delay = Duration.ofNanos(delayNanos);
    var timer =
        time.schedule(
            delay,
            () -> {
              forget(delay);
              task.run();
            });
    remember(delay);
    return () -> {
      timer.cancel();
      forget(delay);
    };
  }

  private synchronized void remember(Duration delay) {
    pending.add(delay);
    notifyAll();
  }

  private synchronized void forget(Duration delay) {
    pending.remove(delay);
    notifyAll();
  }

  /** Waits for a timer of about so long, ±20 %. */
  public synchronized void awaitTimer(Duration about) throws InterruptedException {
    var least = about.multipliedBy(80).dividedBy(100);
    var most = about.multipliedBy(120).dividedBy(100);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (pending.stream().noneMatch(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        fail("no timer of about " + about + ", only of " + pending);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Waits for so many timers of this delay. */
  public synchronized void awaitTimers(Duration delay, int count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (pending.stream().filter(delay::equals).count() < count) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        fail("not " + count + " timers of " + delay + ", only " + pending);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Waits until no timer of this delay is left. */
  public synchronized void awaitNoTimer(Duration delay) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (pending.contains(delay)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        fail("still a timer of " + delay);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Moves the clock; timers run on this thread. */
  public void pass(Duration duration) {
    time.advance(duration);
  }
}
