package interop.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FaultSoakTest {
  @Test
  @Timeout(300)
  void everyCallEndsAsItShouldThroughEveryFault() throws Exception {
    assertEquals(List.of(), FaultSoak.run(Duration.ofSeconds(60), 1));
  }
}
