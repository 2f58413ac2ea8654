import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;

/**
 * Runs google-java-format over every Java source below a folder: {@code FOLDER --replace} or {@code
 * FOLDER --dry-run}.
 */
void main(String[] args) throws IOException {
  boolean check = args[1].equals("--dry-run");
  var command =
      new ArrayList<>(check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
  for (Path source : sources(Path.of(args[0]))) {
    command.add(source.toString());
  }
  var formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
  int exit = formatter.run(System.out, System.err, command.toArray(String[]::new));
  if (!check && exit == 0) {
    // a comment that is split in the first pass may be filled again in the second
    exit = formatter.run(System.out, System.err, command.toArray(String[]::new));
  }
  if (exit != 0) {
    System.err.println(
        check ? "The files above are not formatted; run ./format" : "Formatting failed");
  }
  System.exit(exit);
}

List<Path> sources(Path root) throws IOException {
  var skipped = Set.of("target", ".git", ".idea");
  var found = new ArrayList<Path>();
  Files.walkFileTree(
      root,
      new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          return skipped.contains(folder.getFileName().toString())
              ? FileVisitResult.SKIP_SUBTREE
              : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          if (file.toString().endsWith(".java")) {
            found.add(file);
          }
          return FileVisitResult.CONTINUE;
        }
      });
  return found;
}
