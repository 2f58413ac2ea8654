package grpc.transport.nio;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Public test vectors that are not part of the repository: a folder {@code shared/data} beside the
 * checkout, or the one that the system property {@code tenon.data} names. Tests that want them are
 * skipped where there are none.
 */
public final class SharedData {
  private static final String PROPERTY = "tenon.data";

  private SharedData() {}

  /** The JSON files below a folder of the data, in their order. */
  public static List<Path> jsonFiles(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder(folder))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Path folder(String name) {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      Path folder = Path.of(named, name);
      if (Files.isDirectory(folder)) {
        return folder;
      }
      return abort("no folder " + folder + ", which -D" + PROPERTY + " names");
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared").resolve("data").resolve(name);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return abort("no shared/data/" + name + " beside the checkout, and no -D" + PROPERTY);
  }
}
