package grpc.transport.nio.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoopTimersTest {
  private static final long MILLISECOND = 1_000_000;

  private long now = Long.MAX_VALUE - MILLISECOND; // as System.nanoTime may be: it wraps around
  private final LoopTimers timers = new LoopTimers(() -> now);

  @Test
  void whatIsDueFirstRunsFirst() {
    Runnable late = () -> {};
    Runnable early = () -> {};
    timers.schedule(3 * MILLISECOND, late);
    timers.schedule(2 * MILLISECOND, early);
    assertNull(timers.poll(now));
    now += 3 * MILLISECOND;
    assertSame(early, timers.poll(now));
    assertSame(late, timers.poll(now));
    assertNull(timers.poll(now));
  }

  @Test
  void whatIsWithdrawnDoesNotRunAndIsNotWaitedFor() {
    var withdrawn = timers.schedule(MILLISECOND, () -> {});
    timers.schedule(10 * MILLISECOND, () -> {});
    assertEquals(2, timers.millisToNext());
    withdrawn.cancel();
    assertTrue(withdrawn.isDone());
    assertEquals(11, timers.millisToNext());
    now += 5 * MILLISECOND;
    assertNull(timers.poll(now));
  }

  @Test
  void withdrawnTimersDoNotPileUpUntilTheyAreDue() {
    timers.schedule(1, () -> {});
    for (int i = 0; i < 10_000; i++) {
      timers.schedule(Long.MAX_VALUE / 4, () -> {}).cancel();
    }
    assertTrue(timers.size() < 10, "kept: " + timers.size());
  }

  @Test
  void aTimerThatHasRunIsDone() {
    var timer = timers.schedule(0, () -> {});
    assertFalse(timer.isDone());
    timers.poll(now);
    assertTrue(timer.isDone());
    timer.cancel();
    assertEquals(0, timers.millisToNext());
  }
}
