package grpc.balancer.pickfirst;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.spi.config.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PickFirstConfigTest {
  private final PickFirstProvider provider = new PickFirstProvider();

  @Test
  void fieldsAreRead() {
    assertEquals(
        new PickFirstConfig(true, Duration.ofMillis(300)),
        parse(Map.of("shuffleAddressList", true, "attemptDelay", "0.3s")));
    assertEquals(PickFirstConfig.DEFAULT, parse(Map.of()));
  }

  @Test
  void badFieldsAreNamed() {
    bad("shuffleAddressList", "yes", "\"yes\" (expected: true or false)");
    String expected =
        " (expected: seconds such as \"1.5s\" with at most nine decimals, 0.1s to 2s)";
    for (String delay : new String[] {"0.099s", "2.1s", "1", "s", "-1s"}) {
      bad("attemptDelay", delay, '"' + delay + '"' + expected);
    }
    bad("attemptDelay", 0.3, "0.3" + expected);
  }

  private PickFirstConfig parse(Map<String, ?> json) {
    return provider.parseConfig(JsonObject.of(json), name -> Optional.empty());
  }

  private void bad(String field, Object value, String message) {
    var e = assertThrows(IllegalArgumentException.class, () -> parse(Map.of(field, value)));
    assertEquals(field + ": " + message, e.getMessage());
  }
}
