package grpc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.kernel.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
}
