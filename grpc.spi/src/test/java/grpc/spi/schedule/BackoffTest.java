package grpc.spi.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void delaysGrowToTwoMinutes() {
    var backoff = new Backoff(() -> 0.5);
    assertEquals(Duration.ofSeconds(1), backoff.next());
    assertEquals(Duration.ofMillis(1600), backoff.next());
    for (int i = 0; i < 20; i++) {
      backoff.next();
    }
    assertEquals(Duration.ofSeconds(120), backoff.next());
    backoff.reset();
    assertEquals(Duration.ofSeconds(1), backoff.next());
  }

  @Test
  void jitterIsAFifthEitherWay() {
    assertEquals(Duration.ofMillis(800), new Backoff(() -> 0).next());
    assertEquals(Duration.ofMillis(1200), new Backoff(() -> 1).next());
  }

  @Test
  void delaysOfAPolicyGrowToItsMaximum() {
    var backoff = new Backoff(Duration.ofSeconds(1), 3, Duration.ofSeconds(5), () -> 0);
    assertEquals(Duration.ofMillis(800), backoff.next());
    assertEquals(Duration.ofMillis(2400), backoff.next());
    assertEquals(Duration.ofMillis(4000), backoff.next());
    assertEquals(Duration.ofMillis(4000), backoff.next());
    backoff.reset();
    assertEquals(Duration.ofMillis(800), backoff.next());
    var bounded = new Backoff(Duration.ofSeconds(9), 1, Duration.ofSeconds(1), () -> 0.5);
    assertEquals(Duration.ofSeconds(1), bounded.next());
  }

  @Test
  void delaysBeyondAllNanosecondsAreCutToThem() {
    var endless = ChronoUnit.FOREVER.getDuration();
    var backoff = new Backoff(endless, 2, endless, () -> 0.5);
    assertEquals(Duration.ofNanos(Long.MAX_VALUE), backoff.next());
    assertEquals(Duration.ofNanos(Long.MAX_VALUE), backoff.next());
  }
}
