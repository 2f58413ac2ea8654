package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the tests in a JVM of its own, which must print OK last and exit with 0. */
final class ChildJvm {
  private static final long PATIENCE_SECONDS = 120;

  private ChildJvm() {}

  /**
   * Runs it.
   *
   * @param shell what the shell does before, such as {@code ulimit -n 120}
   * @param options of the JVM
   * @return what it printed
   */
  static String run(Path folder, String shell, Class<?> program, String... options)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(), program.getName()));
    var process =
        new ProcessBuilder("bash", "-c", shell + "; exec \"$@\"", "child")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    process.command().addAll(command);
    var child = process.start();
    boolean ended = child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    child.destroyForcibly();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertTrue(ended, "it never ended: " + printed);
    assertEquals(0, child.exitValue(), printed);
    assertTrue(printed.endsWith("OK\n"), printed);
    return printed;
  }

  private static String classPath() {
    Path target = Path.of(System.getProperty("basedir", ""), "target");
    return String.join(
        File.pathSeparator,
        target.resolve("classes").toString(),
        target.resolve("test-classes").toString(),
        System.getProperty("jdk.module.path", ""),
        System.getProperty("java.class.path"));
  }
}
