package integration.images;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A launcher of a linked image that runs; closing it ends the process at once. */
record Launcher(Process process, BufferedReader output, Path errors) implements AutoCloseable {
  private static final Path IMAGES = Path.of("../../distribution/target/images").toAbsolutePath();

  /** What a program has said and how it ended. */
  record Result(int exit, String output, String errors) {}

  static Launcher start(String image, String launcher, String... flags) throws IOException {
    return start(command(image, launcher, flags), Map.of());
  }

  /** Starts any command, with these variables in its environment. */
  static Launcher start(List<String> command, Map<String, String> environment) throws IOException {
    Path errors = Files.createTempFile("launcher", ".err");
    var builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    return new Launcher(process, process.inputReader(StandardCharsets.UTF_8), errors);
  }

  private static List<String> command(String image, String launcher, String... flags) {
    var command = new ArrayList<String>();
    command.add(IMAGES.resolve(image).resolve("bin").resolve(launcher).normalize().toString());
    command.addAll(List.of(flags));
    return command;
  }

  /** Runs a launcher with these further options of its JVM. */
  static Result runWith(String javaOptions, String image, String launcher, String... flags)
      throws IOException, InterruptedException {
    var environment = Map.of("JAVA_OPTS", javaOptions);
    try (var running = start(command(image, launcher, flags), environment)) {
      return running.result();
    }
  }

  static Result run(String image, String launcher, String... flags)
      throws IOException, InterruptedException {
    try (var running = start(image, launcher, flags)) {
      return running.result();
    }
  }

  /** {@return the port that a server says it listens on} */
  int port() throws IOException {
    String line = output.readLine();
    if (line == null || !line.contains(" listens on port ")) {
      throw new IOException("no server: " + line + "\n" + Files.readString(errors));
    }
    return Integer.parseInt(line.replaceFirst(".* ", ""));
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.toHandle().destroy(); // Process.destroy would close the streams, too
  }

  /** Waits for the end. */
  Result result() throws IOException, InterruptedException {
    var text = new StringBuilder();
    output.lines().forEach(line -> text.append(line).append('\n'));
    int exit = process.waitFor();
    return new Result(exit, text.toString(), Files.readString(errors));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    output.close();
    Files.delete(errors);
  }
}
