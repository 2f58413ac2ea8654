package examples.onejar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar of docs/one-jar.md, run as its users do; and one that was put together wrongly. */
@Timeout(120)
class OneJarTest {
  private static final Path JAR = Path.of(System.getProperty("one.jar"));
  private static final String SPI = "META-INF/services/java.net.spi.InetAddressResolverProvider";

  @TempDir private Path folder;

  private Process start(Path jar, String main, String... args) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        Stream.concat(Stream.of(java, "-cp", jar.toString(), main), Arrays.stream(args)).toList();
    return new ProcessBuilder(command)
        .redirectError(Files.createTempFile(folder, "stderr", ".txt").toFile())
        .start();
  }

  /** What a command says on both streams, and how it ends. */
  private String run(Path jar, String main, String... args) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        Stream.concat(Stream.of(java, "-cp", jar.toString(), main), Arrays.stream(args)).toList();
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes());
    return said + "exit code " + process.waitFor();
  }

  /** Runs with a server of this jar, whose port it is given. */
  private void withServer(Path jar, ThrowingConsumer test) throws Exception {
    var server = start(jar, "examples.greeter.Serve", "--port", "0", "--name", "one");
    try (var out = server.inputReader()) {
      var line = String.valueOf(out.readLine());
      assertTrue(line.startsWith("one listens on port "), line);
      test.accept(line.substring(line.lastIndexOf(' ') + 1));
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private interface ThrowingConsumer {
    void accept(String port) throws Exception;
  }

  @Test
  void callsByNameAreAnswered() throws Exception {
    withServer(
        JAR,
        port -> {
          for (var target : List.of("dns:///localhost:", "passthrough:///localhost:")) {
            assertEquals(
                "Hello, world! (one)\nexit code 0",
                run(JAR, "examples.greeter.Greet", "--target", target + port));
          }
          assertEquals(
              "Hello, world! (one)\nexit code 0",
              run(
                  JAR,
                  "examples.greeter.Greet",
                  "--target",
                  "dns:///localhost:" + port,
                  "--policy",
                  "round_robin",
                  "--compression",
                  "gzip"));
        });
  }

  @Test
  void eachProviderIsFoundOnce() throws Exception {
    var modules = run(JAR, "examples.greeter.Serve", "--modules");
    for (var name :
        List.of("dns", "nio", "proto", "gzip", "deflate", "pick_first", "round_robin")) {
      assertEquals(
          1,
          modules.lines().filter(line -> List.of(line.split(" +")).contains(name)).count(),
          () -> name + " in " + modules);
    }
  }

  @Test
  void jarWithoutVersionsStillLooksNamesUp() throws Exception {
    var jar = rebuilt(manifest -> manifest.remove(Attributes.Name.MULTI_RELEASE), false);
    withServer(
        jar,
        port ->
            assertEquals(
                "Hello, world! (one)\nexit code 0",
                run(
                    jar,
                    "examples.greeter.Greet",
                    "--target",
                    "passthrough:///localhost:" + port)));
  }

  /** As a build makes it that only puts all jars into one. */
  @Test
  void jarThatBreaksInetAddressSaysSo() throws Exception {
    var jar = rebuilt(manifest -> manifest.remove(Attributes.Name.MULTI_RELEASE), true);
    withServer(
        jar,
        port -> {
          var said =
              run(
                  jar,
                  "examples.greeter.Greet",
                  "--target",
                  "passthrough:///localhost:" + port,
                  "--timeout",
                  "2");
          assertTrue(said.contains("Multi-Release: true"), said);
          assertTrue(said.contains("docs/one-jar.md"), said);
          var dns =
              run(
                  jar,
                  "examples.greeter.Greet",
                  "--target",
                  "dns:///localhost:" + port,
                  "--timeout",
                  "10");
          assertTrue(dns.contains("Hello, world! (one)"), dns);
        });
  }

  private Path rebuilt(Consumer<Attributes> change, boolean withProvider) throws IOException {
    var copy = folder.resolve("copy.jar");
    try (var jar = new JarFile(JAR.toFile())) {
      var manifest = new Manifest(jar.getManifest());
      change.accept(manifest.getMainAttributes());
      try (var out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
        for (var entry : jar.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            jar.getInputStream(entry).transferTo(out);
          }
        }
        if (withProvider) {
          out.putNextEntry(new JarEntry(SPI));
          out.write("org.xbill.DNS.spi.DnsjavaInetAddressResolverProvider\n".getBytes());
        }
      }
    }
    return copy;
  }
}
