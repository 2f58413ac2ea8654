package grpc.kernel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimerThreadTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final TimerThread timers = new TimerThread();

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(20, TimeUnit.SECONDS));
  }

  @Test
  void whatIsDueRunsInOrder() throws Exception {
    List<Integer> ran = new ArrayList<>();
    var begun = new CountDownLatch(1);
    var filled = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    timers.schedule(
        0,
        () -> {
          begun.countDown();
          try {
            filled.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    begun.await();
    timers.schedule(-HOUR, () -> ran.add(3)); // due for so long
    timers.schedule(-3 * HOUR, () -> ran.add(1));
    timers.schedule(-2 * HOUR, () -> ran.add(2)).cancel();
    timers.schedule(1_000_000, done::countDown);
    filled.countDown();
    await(done);
    assertEquals(List.of(1, 3), ran);
  }

  @Test
  void oneThatIsSoonerThanAllOthersIsNotWaitedForInVain() throws Exception {
    timers.schedule(Long.MAX_VALUE, () -> {});
    timers.schedule(HOUR, () -> {});
    var done = new CountDownLatch(1);
    timers.schedule(1, done::countDown);
    await(done);
  }

  @Test
  void nothingThatATaskThrowsEndsTheThread() throws Exception {
    var done = new CountDownLatch(2);
    timers.schedule(
        1,
        () -> {
          throw new OutOfMemoryError("as if");
        });
    timers.schedule(
        2,
        () -> {
          throw new IllegalStateException("a defect");
        });
    timers.schedule(3, done::countDown);
    timers.schedule(4, done::countDown);
    await(done);
  }

  @Test
  void timersThatAreCancelledAreForgotten() {
    timers.schedule(HOUR, () -> {});
    List<Cancellable> running = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      running.add(timers.schedule(HOUR + i, () -> {}));
      if (running.size() > 10) {
        running.removeFirst().cancel();
      }
      assertTrue(timers.size() <= 30);
    }
  }
}
