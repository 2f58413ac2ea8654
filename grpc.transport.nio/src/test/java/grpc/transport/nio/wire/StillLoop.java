package grpc.transport.nio.wire;

import java.io.IOException;
import java.time.Duration;

/**
 * A loop without a thread: its tasks run at once on the test's thread, its timers when the test
 * moves the clock. It begins at nanosecond 0.
 */
public final class StillLoop {
  private static final int ENDLESS = 100_000;

  private final Loop loop;
  private long now;

  /** A loop that has ended: one that has runs each task for the thread that brings it. */
  public StillLoop() throws IOException {
    loop = new Loop("still", () -> now);
    loop.stopSoon();
    Runnable untilItStops = loop;
    untilItStops.run();
  }

  /** {@return the loop itself} */
  public Loop loop() {
    return loop;
  }

  /** {@return how long ago the clock began} */
  public Duration now() {
    return Duration.ofNanos(now);
  }

  /** {@return whether a timer waits that is not withdrawn} */
  public boolean hasTimers() {
    return loop.timers().millisToNext() != 0;
  }

  /** Moves the clock, and runs each timer at its moment. */
  public void advance(Duration by) {
    long end = now + by.toNanos();
    for (int ran = 0; loop.timers().isDue(end); ran++) {
      if (ran == ENDLESS) {
        throw new AssertionError("over " + ENDLESS + " timers within " + by + ": they never end");
      }
      now = firstDue(end);
      Runnable due = loop.timers().poll(now);
      if (due != null) {
        due.run();
      }
    }
    now = end;
  }

  /** The moment of the next timer, which is due by the end. */
  private long firstDue(long end) {
    long notYet = now - 1;
    long due = end;
    while (due - notYet > 1) {
      long middle = notYet + (due - notYet) / 2;
      if (loop.timers().isDue(middle)) {
        due = middle;
      } else {
        notYet = middle;
      }
    }
    return due;
  }
}
