package grpc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.kernel.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ChannelSchedulerTest {
  private final List<String> ran = new ArrayList<>();

  @Test
  void eventsGoOnWhateverOneThrowsAndWhoeverHearsOfItThrows() {
    var bursts = new ArrayList<Runnable>();
    var scheduler =
        new ChannelScheduler(
            Clock.SYSTEM,
            bursts::add,
            thrown -> {
              ran.add(thrown.getMessage());
              throw new AssertionError("a logger's bug");
            });
    scheduler.execute(() -> {
      throw new StackOverflowError("a plugin's bug");
    });
    scheduler.execute(() -> ran.add("next"));
    bursts.removeFirst().run();
    scheduler.execute(() -> ran.add("next burst"));
    bursts.removeFirst().run();
    assertEquals(List.of("a plugin's bug", "next", "next burst"), ran);
  }

  @Test
  void eventsGoOnOnceThereAreThreadsAgain() {
    var bursts = new ArrayList<Runnable>();
    var memory = new AtomicBoolean();
    var scheduler =
        new ChannelScheduler(
            Clock.SYSTEM,
            burst -> {
              if (!memory.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              bursts.add(burst);
            },
            thrown -> ran.add(thrown.getMessage()));
    assertThrows(OutOfMemoryError.class, () -> scheduler.execute(() -> ran.add("first")));
    memory.set(true);
    scheduler.execute(() -> ran.add("second"));
    bursts.removeFirst().run();
    assertEquals(List.of("first", "second"), ran);
    scheduler.execute(() -> ran.add("third"));
    assertEquals(1, bursts.size(), "a burst of its own");
  }

  @Test
  void channelsHaveTheirEventsOnPlatformThreadsThatInheritNothing() throws Exception {
    var inherited = new InheritableThreadLocal<String>();
    inherited.set("the first caller's");
    var seen = new FutureTask<>(() -> inherited.get() + " " + Thread.currentThread().isVirtual());
    EventThreads.SHARED.execute(seen);
    assertEquals("null false", seen.get());
  }

  @Test
  void pluginsThatBlockHoldNobodyElseUp() throws Exception {
    var go = new CountDownLatch(1);
    var blocked = new ArrayList<FutureTask<Boolean>>();
    for (int i = 0; i < 40; i++) {
      var task = new FutureTask<>(() -> go.await(1, TimeUnit.MINUTES));
      blocked.add(task);
      EventThreads.SHARED.execute(task);
    }
    var other = new FutureTask<>(() -> "runs");
    EventThreads.SHARED.execute(other);
    assertEquals("runs", other.get(30, TimeUnit.SECONDS));
    go.countDown();
    for (var task : blocked) {
      assertTrue(task.get());
    }
  }
}
