package integration;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tests that docs/compatibility.md names are there. */
class CompatibilityPageTest {
  private static final Path PAGE = Path.of("../../docs/compatibility.md");

  /** {@code module: Class.method, Class}. */
  private static final Pattern PROOF = Pattern.compile("`([a-z./]+): ([A-Z][\\w., ]+)`");

  private static List<MatchResult> proofs() throws IOException {
    return PROOF.matcher(Files.readString(PAGE)).results().toList();
  }

  /** {@return the text of a module's test sources by simple class name} */
  private static Map<String, String> tests(String module) {
    Path folder = Path.of("../..", module);
    if (!Files.exists(folder)) {
      folder = Path.of("..", module); // not published: below tests
    }
    try (var files = Files.walk(folder.resolve("src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith("Test.java"))
          .collect(
              toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  CompatibilityPageTest::text));
    } catch (IOException e) {
      return Map.of(); // no such module: all that it should prove is missing
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isThere(String proof, Map<String, String> tests) {
    var parts = proof.split("\\.", 2);
    String source = tests.get(parts[0]);
    return source != null && (parts.length == 1 || source.contains(" " + parts[1] + "("));
  }

  @Test
  void everyTestThatThePageNamesExists() throws IOException {
    var missing = new ArrayList<String>();
    for (var proof : proofs()) {
      var tests = tests(proof.group(1));
      for (String test : proof.group(2).split(", ", -1)) {
        if (!isThere(test, tests)) {
          missing.add(proof.group(1) + ": " + test);
        }
      }
    }
    assertEquals(List.of(), missing, "named in " + PAGE + " and not in the sources");
  }

  @Test
  void everyRowNamesATestOrSaysWhyThereIsNone() throws IOException {
    var rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| what |"))
            .toList();
    assertTrue(rows.size() > 100, rows::toString);
    assertEquals(
        List.of(),
        rows.stream()
            .filter(row -> !PROOF.matcher(row).find() && !row.contains("not yet"))
            .toList());
  }
}
