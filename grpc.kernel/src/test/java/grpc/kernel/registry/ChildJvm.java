package grpc.kernel.registry;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs a class of these tests in a JVM of its own, with everything on its class path. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * {@return what it prints on either stream}
   *
   * @param first comes before all else on the class path
   */
  static List<String> run(Class<?> main, List<Path> first) throws IOException {
    var child = start(main, first);
    try (var out = child.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /**
   * {@return the process, whose output holds both streams}
   *
   * @param first comes before all else on the class path
   * @param arguments those of its main method
   */
  public static Process start(Class<?> main, List<Path> first, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            Stream.of(
                    first.stream().map(Path::toString),
                    Stream.of(Path.of("target", "test-classes").toString()),
                    paths("jdk.module.path"),
                    paths("java.class.path"))
                .flatMap(paths -> paths)
                .toList()));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static Stream<String> paths(String property) {
    var paths = Objects.requireNonNullElse(System.getProperty(property), "");
    return paths.isEmpty() ? Stream.empty() : Stream.of(paths.split(File.pathSeparator));
  }
}
