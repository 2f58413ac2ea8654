package interop.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gigabyte for a reader that takes 64 KiB a second for 20 seconds, and then the rest: neither
 * side may keep what it cannot hand on, since its heap holds a sixteenth of it.
 */
@Timeout(240)
class SlowReaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"down", "up"})
  void slowReaderMakesNeitherSideGrow(String direction) throws Exception {
    try (var server = Program.oursWithLittleMemory("flow.FlowServer")) {
      String port = server.await("listens on port ").replaceFirst(".* ", "");
      try (var client =
          Program.oursWithLittleMemory(
              "flow.FlowClient", "--port=" + port, "--direction=" + direction)) {
        var result = client.result();
        assertEquals(0, result.exit(), result::toString);
      }
    }
  }
}
