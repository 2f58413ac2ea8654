package examples.guide;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README and docs show is code of this build, and what they link to is there. */
class PagesTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea");
  private static final Pattern BLOCK =
      Pattern.compile("^```(java|proto)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern BETWEEN_PARTS = Pattern.compile("\n\\s*\n");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(grpc\\.[a-z.]+)</");

  private static List<Path> pages() throws IOException {
    try (var docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
              docs.filter(page -> page.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  private static List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().matches(".*\\.(java|proto)")) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pages break lines elsewhere than the formatter of the sources does. */
  private static String withoutSpaces(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void everyBlockOfCodeIsInASource() throws IOException {
    var sources = sources().stream().map(PagesTest::text).map(PagesTest::withoutSpaces).toList();
    var unknown = new ArrayList<String>();
    int seen = 0;
    for (var page : pages()) {
      for (var block : BLOCK.matcher(text(page)).results().toList()) {
        for (String part : BETWEEN_PARTS.split(block.group(2))) {
          seen++;
          String code = withoutSpaces(part);
          if (sources.stream().noneMatch(source -> source.contains(code))) {
            unknown.add(ROOT.relativize(page) + ":\n" + part);
          }
        }
      }
    }
    assertTrue(seen > 30, "blocks: " + seen);
    assertEquals("", String.join("\n\n", unknown), "code of pages that no source has");
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    var broken = new ArrayList<String>();
    for (var page : pages()) {
      for (var link : LINK.matcher(text(page)).results().toList()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          broken.add(ROOT.relativize(page) + " -> " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void theCommandThatInstallsHasAllPublishedModules() throws IOException {
    var published = new TreeSet<String>();
    ARTIFACT
        .matcher(text(ROOT.resolve("bom/pom.xml")))
        .results()
        .forEach(found -> published.add(found.group(1)));
    var named =
        text(ROOT.resolve("docs/getting-started.md"))
            .lines()
            .filter(line -> line.startsWith("      -pl "))
            .flatMap(line -> Stream.of(line.replaceAll(" +-pl | .$", "").split(",", -1)))
            .collect(toCollection(TreeSet::new));
    assertEquals(published, named);
  }
}
