package integration.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program that links images. */
@Timeout(240)
class LinkTest {
  private static final Path LINK =
      Path.of("../../distribution/src/link/Link.java").toAbsolutePath();
  private static final Path CONF = Path.of("../../distribution/src/conf").toAbsolutePath();
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir Path folder;

  private static Launcher.Result link(Path java, Object... arguments) throws Exception {
    var command = new ArrayList<>(List.of(java.toString(), LINK.normalize().toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try (var running = Launcher.start(command, Map.of())) {
      return running.result();
    }
  }

  private Path write(String file, String text) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private void compile(String... arguments) {
    assertEquals(
        0, ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, arguments));
  }

  private void jar(Path jar, Path classes, Map<String, String> more) throws IOException {
    Files.createDirectories(jar.getParent());
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
      for (var entry : more.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
  }

  /** An application, and a library of old that logs and provides a service by META-INF/services. */
  private Path modules() throws IOException {
    var modules = folder.resolve("modules");
    var old = folder.resolve("old");
    compile(
        "-d",
        old.toString(),
        write(
                "src/old/library/Old.java",
                """
                package old.library;
                public final class Old implements Runnable {
                  @Override public void run() {
                    System.out.println("old, with " + java.util.logging.Level.INFO);
                  }
                }
                """)
            .toString());
    jar(
        modules.resolve("old.library-1.2.jar"),
        old,
        Map.of("META-INF/services/java.lang.Runnable", "old.library.Old\n", "META-INF/X.SF", "x"));
    var app = folder.resolve("app");
    compile(
        "-d",
        app.toString(),
        "--module-path",
        modules.toString(),
        write(
                "src/module-info.java",
                "module app { requires old.library; uses java.lang.Runnable; }")
            .toString(),
        write(
                "src/app/Main.java",
                """
                package app;
                public final class Main {
                  public static void main(String[] args) {
                    java.util.ServiceLoader.load(Runnable.class).forEach(Runnable::run);
                  }
                }
                """)
            .toString());
    jar(modules.resolve("app.jar"), app, Map.of());
    return modules;
  }

  @Test
  void withoutArgumentsItSaysHowItIsUsed() throws Exception {
    var result = link(JAVA);
    assertEquals(2, result.exit());
    assertEquals("", result.output());
    assertTrue(
        result.errors().startsWith("Link: 0 arguments (expected: 4)\nusage: java "),
        result.errors());
    var help = link(JAVA, "--help");
    assertEquals(0, help.exit());
    assertTrue(help.output().startsWith("usage: java "), help.output());
  }

  @Test
  void anOldJavaIsToldWhichOneIsNeeded() throws Exception {
    var old = oldJava();
    assumeTrue(Files.isExecutable(old), "no JDK older than 25 is installed");
    var result = link(old, "a", "b", "c", "d");
    assertEquals(2, result.exit());
    assertTrue(
        result.errors().startsWith("Link needs JDK 25 or newer, and this is "), result.errors());
    assertEquals(1, result.errors().lines().count(), result.errors());
  }

  /** {@return the java that runs Maven, where it is an old one} */
  private static Path oldJava() throws IOException {
    var installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (var folders = Files.newDirectoryStream(installed, "*-17-*")) {
        for (Path jdk : folders) {
          if (Files.isExecutable(jdk.resolve("bin/javac"))) {
            return jdk.resolve("bin/java");
          }
        }
      }
    }
    return installed.resolve("none");
  }

  @Test
  void whatIsWrongIsNamed() throws Exception {
    var spec = write("my.properties", "modules=app\ntraining=Main\n");
    var cases =
        Map.of(
            folder + " (expected: a folder with logback.xml)",
            new Object[] {folder, spec, folder.resolve("image"), folder},
            spec + ": training=Main (expected: module/class)",
            new Object[] {folder, spec, folder.resolve("image"), CONF},
            folder + "/none (expected: a folder of modular jars)",
            new Object[] {folder + "/none", spec, folder.resolve("image"), CONF},
            folder + "/none (expected: a properties file)",
            new Object[] {folder, folder + "/none", folder.resolve("image"), CONF});
    for (var wrong : cases.entrySet()) {
      var result = link(JAVA, wrong.getValue());
      assertEquals("Link: " + wrong.getKey() + "\n", result.errors());
      assertEquals(1, result.exit());
    }
  }

  @Test
  void aFolderThatIsNoImageIsNotDeleted() throws Exception {
    var spec = write("my.properties", "modules=app\ntraining=app/app.Main\n");
    var kept = write("mine/file", "x");
    var result = link(JAVA, folder, spec, kept.getParent(), CONF);
    assertEquals(
        "Link: " + kept.getParent() + " (expected: a new folder, or an image to replace)\n",
        result.errors());
    assertTrue(Files.exists(kept));
  }

  @Test
  void anAutomaticModuleIsMadeExplicit() throws Exception {
    var modules = modules();
    var spec =
        write("my.properties", "modules=app\nlauncher.app=app/app.Main\ntraining=app/app.Main\n");
    var image = folder.resolve("image");
    var result = link(JAVA, modules, spec, image, CONF);
    assertEquals(0, result.exit(), result::toString);
    assertTrue(
        result.output().contains("a module-info that requires java.logging, as jdeps finds"),
        result.output());
    var command = List.of(image.resolve("bin/app").toString());
    try (var running = Launcher.start(command, Map.of())) {
      assertEquals(new Launcher.Result(0, "old, with INFO\n", ""), running.result());
    }
    // what the properties say holds: without java.logging the training run fails
    Files.writeString(spec, Files.readString(spec) + "requires.old.library=java.xml\n");
    var lacking = link(JAVA, modules, spec, image, CONF);
    assertEquals(1, lacking.exit());
    assertTrue(
        lacking.errors().contains("NoClassDefFoundError: java/util/logging/Level"),
        lacking.errors());
    assertTrue(
        lacking.errors().endsWith("Link: the training run failed with 1; see above\n"),
        lacking.errors());
  }
}
