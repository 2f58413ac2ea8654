package grpc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeSchedulerTest {
  private final FakeScheduler scheduler = new FakeScheduler();
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasksRunInTheirOrderAndOnlyWhenTold() {
    scheduler.execute(() -> {
      ran.add("a");
      scheduler.execute(() -> ran.add("c"));
    });
    scheduler.execute(() -> ran.add("b"));
    assertEquals(List.of(), ran);
    scheduler.run();
    assertEquals(List.of("a", "b", "c"), ran);
  }

  @Test
  void timersRunAtTheirMomentsBeforeLaterTasks() {
    var _ =
        scheduler.schedule(Duration.ofSeconds(2), () -> ran.add("2 at " + scheduler.nanoTime()));
    var _ =
        scheduler.schedule(
            Duration.ofSeconds(1),
            () -> scheduler.execute(() -> ran.add("1 at " + scheduler.nanoTime())));
    scheduler.advance(Duration.ofMillis(999));
    assertEquals(List.of(), ran);
    scheduler.advance(Duration.ofSeconds(5));
    assertEquals(List.of("1 at 1000000000", "2 at 2000000000"), ran);
    assertEquals(5_999_000_000L, scheduler.nanoTime());
  }

  @Test
  void cancelledTimersDoNotRun() {
    scheduler.schedule(Duration.ofSeconds(1), () -> ran.add("x")).cancel();
    scheduler.advance(Duration.ofSeconds(2));
    assertEquals(List.of(), ran);
    assertEquals(0, scheduler.pendingTimers());
  }

  @Test
  void taskThatNeverEndsIsAFailure() {
    scheduler.execute(
        new Runnable() {
          @Override
          public void run() {
            scheduler.execute(this);
          }
        });
    assertThrows(AssertionError.class, scheduler::run);
  }

  @Test
  void tasksOfOtherThreadsAreAwaited() throws InterruptedException {
    assertFalse(scheduler.await(Duration.ZERO));
    Thread.ofVirtual().start(() -> scheduler.execute(() -> ran.add("a")));
    assertTrue(scheduler.await(Duration.ofSeconds(30)));
    assertEquals(List.of("a"), ran);
  }
}
