package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceConfigsTest {
  private static final String JSON = "{\"loadBalancingConfig\":[{\"round_robin\":{}}]}";

  @TempDir Path folder;

  private static Optional<String> given(String... args) {
    var flags = ServiceConfigs.flag(Flags.of("tool", "does things"), "how to call");
    flags.read(args);
    return ServiceConfigs.json(flags);
  }

  private static void refused(String value, String problem) {
    var e = assertThrows(UsageException.class, () -> given("--service-config", value));
    assertTrue(
        e.getMessage().startsWith("--service-config " + value + ": " + problem), e::toString);
    assertTrue(
        e.getMessage().endsWith(" (expected: a JSON object, or the path of a file with one)"),
        e::toString);
  }

  @Test
  void jsonIsTakenAsItIs() {
    assertEquals(Optional.of(JSON), given("--service-config", " " + JSON + "\n"));
    assertEquals(Optional.empty(), given());
  }

  @Test
  void aFileIsRead() throws Exception {
    var file = Files.writeString(folder.resolve("config.json"), "\n" + JSON + "\n");
    assertEquals(Optional.of(JSON), given("--service-config=" + file));
  }

  @Test
  void whatIsNeitherIsNamed() throws Exception {
    refused(folder.resolve("none.json").toString(), "there is no such file");
    refused(folder.toString(), "there is no such file");
    refused("round_robin", "there is no such file");
    var text = Files.writeString(folder.resolve("text"), "round_robin");
    refused(text.toString(), "the file holds no JSON object");
    var bytes = Files.write(folder.resolve("bytes"), new byte[] {'{', (byte) 0xFF});
    refused(bytes.toString(), "the file cannot be read as UTF-8");
  }
}
