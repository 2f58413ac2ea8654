package grpc.spi.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
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
}
