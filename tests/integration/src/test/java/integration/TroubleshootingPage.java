package integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The messages in the tables of docs/troubleshooting.md.
 *
 * @param messages as the page has them, with … for what varies
 */
record TroubleshootingPage(List<String> messages) {
  private static final Path PAGE = Path.of("../../docs/troubleshooting.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)` \\|[^|]+\\|[^|]+\\|$", Pattern.MULTILINE);

  static TroubleshootingPage read() throws IOException {
    return new TroubleshootingPage(
        ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList());
  }

  /** {@return the rows that are about this message} */
  Stream<String> about(String told) {
    return messages.stream().filter(message -> isAbout(message, told));
  }

  private static boolean isAbout(String message, String told) {
    var literals = Stream.of(message.split("…", -1)).map(Pattern::quote).toList();
    return Pattern.compile(String.join(".*", literals), Pattern.DOTALL).matcher(told).matches();
  }
}
