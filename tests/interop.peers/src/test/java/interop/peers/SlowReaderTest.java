package interop.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A gigabyte each way for a reader that takes 64 KiB a second for 20 seconds, and then the rest:
 * neither side may keep what it cannot hand on, since its heap holds a sixteenth of it.
 */
@Timeout(240)
class SlowReaderTest {
  @Test
  void slowReaderMakesNeitherSideGrow() throws Exception {
    try (var server = Program.oursWithLittleMemory("flow.FlowServer")) {
      String port = server.await("listens on port ").replaceFirst(".* ", "");
      try (var down = client(port, "down");
          var up = client(port, "up")) {
        for (var client : List.of(down, up)) {
          var result = client.result();
          assertEquals(0, result.exit(), result::toString);
        }
      }
    }
  }

  private static Program client(String port, String direction) throws IOException {
    return Program.oursWithLittleMemory(
        "flow.FlowClient", "--port=" + port, "--direction=" + direction);
  }
}
