package interop.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A gigabyte for a reader that takes 64 KiB a second for 20 seconds, and then the rest: neither
 * side may keep what it cannot hand on, since its heap holds a sixteenth of it.
 */
@Timeout(240)
class SlowReaderTest {
  @Test
  void slowReaderMakesNeitherSideGrow() throws Exception {
    try (var server = Program.oursWithLittleMemory("flow.FlowServer")) {
      String port = server.await("listens on port ").replaceFirst(".* ", "");
      try (var down =
              Program.oursWithLittleMemory(
                  "flow.FlowClient", "--port=" + port, "--direction=down");
          var up =
              Program.oursWithLittleMemory("flow.FlowClient", "--port=" + port, "--direction=up")) {
        for (var client : List.of(down, up)) {
          var result = client.result();
          assertEquals(0, result.exit(), result::toString);
        }
      }
    }
  }
}
