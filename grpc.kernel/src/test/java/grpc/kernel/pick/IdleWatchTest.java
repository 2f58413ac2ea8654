package grpc.kernel.pick;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.testing.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a channel counts as idle: looked for four times an idle timeout. */
class IdleWatchTest {
  private final FakeScheduler time = new FakeScheduler();
  private final List<String> idle = new ArrayList<>();

  /**
   * Plays three minutes. A script is {@code second:event}; {@code brief} is a call that ends at
   * once.
   */
  private String play(Duration timeout, String script) {
    var watch = new IdleWatch(time, timeout, () -> idle.add(seconds()));
    watch.start();
    for (int i = 0; i < 180; i++) {
      time.advance(Duration.ofSeconds(1));
      for (String event : script.split(" ")) {
        if (event.startsWith(seconds() + ":")) {
          happen(watch, event.substring(event.indexOf(':') + 1));
        }
      }
    }
    return String.join(" ", idle);
  }

  private String seconds() {
    return Long.toString(TimeUnit.NANOSECONDS.toSeconds(time.nanoTime()));
  }

  private static void happen(IdleWatch watch, String event) {
    switch (event) {
      case "begun" -> watch.begin();
      case "ended" -> watch.end();
      case "brief" -> {
        watch.begin();
        watch.end();
      }
      case "stopped" -> watch.stop();
      case "started" -> watch.start();
      default -> throw new IllegalArgumentException(event);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // what happens, when the channel is told to be idle; a timeout of 40 s is looked at each 10 s
    "'', 40",
    "5:begun, ''", // a call runs
    "5:begun 12:ended, 60", // the look at 20 sees that it has ended; four more see no call
    "5:brief, 50", // between two looks: its end is counted
    "35:brief, 80",
    "5:begun 6:begun 12:ended, ''", // one of two runs on
    "9:brief 19:brief 29:brief 39:brief, 80",
    "15:stopped, ''",
    "15:stopped 20:started, 60", // as if it began then
    "35:brief 36:stopped 37:started, 77", // and calls before count no more
    "50:started, 40 90", // told once each time that it is started
  })
  void fortySecondsWithoutCalls(String script, String idle) {
    assertEquals(idle, play(Duration.ofSeconds(40), script));
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "1, 1", "2, 2", "100, 100"})
  void timeouts(int seconds, String idle) { // zero: never
    assertEquals(idle, play(Duration.ofSeconds(seconds), ""));
  }
}
