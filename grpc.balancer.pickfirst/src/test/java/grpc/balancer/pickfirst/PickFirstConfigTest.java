package grpc.balancer.pickfirst;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PickFirstConfigTest {
  private final PickFirstProvider provider = new PickFirstProvider();

  @Test
  void fieldsAreRead() {
    assertEquals(
        new PickFirstConfig(true, Duration.ofMillis(300)),
        provider.parseConfig(Map.of("shuffleAddressList", true, "attemptDelay", "0.3s")));
    assertEquals(PickFirstConfig.DEFAULT, provider.parseConfig(Map.of()));
  }

  @Test
  void badFieldsAreNamed() {
    bad("shuffleAddressList", "yes", "shuffleAddressList: yes (expected: true or false)");
    for (Object delay : new Object[] {"0.099s", "2.1s", "1", "s", "-1s", 0.3}) {
      bad("attemptDelay", delay, "attemptDelay: " + delay + " (expected: 0.1s to 2s)");
    }
  }

  private void bad(String field, Object value, String message) {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> provider.parseConfig(Map.of(field, value)));
    assertEquals(message, e.getMessage());
  }
}
