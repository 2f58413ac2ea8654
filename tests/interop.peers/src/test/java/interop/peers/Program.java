package interop.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own; closing it ends the process. */
record Program(Process process, BufferedReader output) implements AutoCloseable {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private static final Path LOGGING = TARGET.resolve("../../../distribution/src/conf/logback.xml");

  /** What a program said until it ended. */
  record Result(int exit, List<String> lines) {
    @Override
    public String toString() {
      return "exit " + exit + "\n" + String.join("\n", lines);
    }
  }

  /** Starts a program of grpc-java's {@code io.grpc.testing.integration}. */
  static Program theirs(String name, String... flags) throws IOException {
    return start(
        flags, "-cp", TARGET.resolve("jars") + "/*", "io.grpc.testing.integration." + name);
  }

  /** Starts a program of ours from modules. */
  static Program ours(String name, String... flags) throws IOException {
    return ours("-Xmx256m", name, flags);
  }

  /** Starts a program of ours from modules, with a heap of 64 MiB. */
  static Program oursWithLittleMemory(String name, String... flags) throws IOException {
    return ours("-Xmx64m", name, flags);
  }

  private static Program ours(String memory, String name, String[] flags) throws IOException {
    return start(
        flags,
        memory,
        "--module-path",
        TARGET.resolve("modules").toString(),
        "--add-modules",
        "grpc.transport.nio,grpc.resolver.dns,grpc.balancer.pickfirst,grpc.codec.protobuf,grpc.codec.gzip",
        "-m",
        "interop/interop." + name);
  }

  /** Starts a program of ours from the class path. */
  static Program oursFromTheClassPath(String name, String... flags) throws IOException {
    return start(flags, "-cp", TARGET.resolve("modules") + "/*", "interop." + name);
  }

  private static Program start(String[] flags, String... options) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dlogback.configurationFile=" + LOGGING);
    command.addAll(List.of(options));
    command.addAll(List.of(flags));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new Program(process, process.inputReader(StandardCharsets.UTF_8));
  }

  /** Reads up to a line that contains the text, and {@return that line} */
  String await(String text) throws IOException {
    var seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains(text)) {
        return line;
      }
      seen.append(line).append('\n');
    }
    throw new IOException("the program ended without \"" + text + "\":\n" + seen);
  }

  /** Reads up to the program's end. */
  Result result() throws IOException, InterruptedException {
    var lines = output.lines().toList();
    return new Result(process.waitFor(), lines);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    output.close();
  }
}
