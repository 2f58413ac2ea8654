package integration;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the modules export to others, signature by signature. A change of the public API is a change
 * of a file in {@code signatures}, for a reader to see.
 */
class PublicApiTest {
  private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) ([\\w.]+)");
  private static final Path GOLDEN = Path.of("src/test/resources/signatures");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpc.api",
        "grpc.balancer.base",
        "grpc.codec.deflate",
        "grpc.codec.gzip",
        "grpc.codec.protobuf",
        "grpc.kernel",
        "grpc.resolver.dns",
        "grpc.resolver.manual",
        "grpc.service.health",
        "grpc.spi",
        "grpc.testing",
        "grpc.transport.inprocess"
      })
  void signaturesAreThoseOfTheGoldenFile(String module) throws IOException {
    var found = Signatures.of(module);
    assertFalse(found.isEmpty());
    var actual = Files.createDirectories(Path.of("target/signatures")).resolve(module + ".txt");
    Files.write(actual, found);
    var golden = GOLDEN.resolve(actual.getFileName());
    var expected = Files.exists(golden) ? Files.readAllLines(golden) : List.<String>of();
    assertTrue(
        expected.equals(found),
        () ->
            """
            The public API of %s has changed:
            %s
            A line with "-" that has no equal with "+" breaks the code of users: that is a decision.
            If you mean it, say in CHANGELOG.md under "Changed" what users must edit. Then:
                cp tests/integration/%s tests/integration/%s
            """
                .formatted(module, changes(expected, found), actual, golden));
  }

  private static String changes(List<String> before, List<String> now) {
    var gone = new LinkedHashSet<>(withTypes(before));
    gone.removeAll(withTypes(now));
    var added = new LinkedHashSet<>(withTypes(now));
    added.removeAll(withTypes(before));
    return Stream.concat(
            gone.stream().map(line -> "- " + line), added.stream().map(line -> "+ " + line))
        .collect(Collectors.joining("\n"));
  }

  /** Puts a member's type before it: many types have a member {@code close()}. */
  private static List<String> withTypes(List<String> lines) {
    var result = new ArrayList<String>();
    String type = "";
    for (String line : lines) {
      if (line.startsWith(" ")) {
        result.add(type + ": " + line.strip());
      } else {
        type = TYPE.matcher(line).results().map(found -> found.group(1)).findFirst().orElse(line);
        result.add(line);
      }
    }
    return result;
  }
}
