package integration.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project of a plugin's author, {@code examples/acme-balancer}, copied to a folder outside of
 * this build. It is built by the Maven, and the JDK, that runs this build, offline, and from a
 * repository that has this build's artifacts and all else by links.
 */
@Timeout(400)
class PluginProjectTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final String VERSION = System.getProperty("tenon.version");
  @TempDir Path folder;

  private Path project;
  private Path jar;

  @BeforeEach
  void copy() throws Exception {
    project = folder.resolve("plugin");
    jar = project.resolve("target/com.acme.balancer-1.0.0.jar");
    var example = ROOT.resolve("examples/acme-balancer");
    try (var files = Files.walk(example)) {
      for (Path file : files.filter(f -> !f.startsWith(example.resolve("target"))).toList()) {
        Files.copy(file, project.resolve(example.relativize(file)));
      }
    }
    link();
    install("tenon.parent", ROOT.resolve("pom.xml"));
    install("tenon.bom", ROOT.resolve("bom/pom.xml"));
    try (var modules = Files.newDirectoryStream(ROOT, "grpc.*")) {
      for (Path module : modules) {
        String name = module.getFileName().toString();
        var in = install(name, module.resolve("pom.xml"));
        var built = module.resolve("target").resolve(name + "-" + VERSION + ".jar");
        if (Files.exists(built)) { // else nothing that this needs
          Files.copy(built, in.resolve(built.getFileName()));
        }
      }
    }
  }

  /** JUnit deletes the rest of the folder, and would warn of each of them. */
  @AfterEach
  void unlink() throws IOException {
    try (var files = Files.walk(repository())) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private Path repository() {
    return folder.resolve("repository");
  }

  /** Everything that this build has used is there, too, but for what it makes itself. */
  private void link() throws IOException, URISyntaxException {
    var used = Path.of(Test.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var real =
        used.resolve("../../../../../..").normalize(); // org/junit/jupiter/artifact/version/jar
    link(real, repository(), "dev");
    link(real.resolve("dev"), repository().resolve("dev"), "tenon");
  }

  private static void link(Path from, Path to, String except) throws IOException {
    Files.createDirectories(to);
    if (Files.isDirectory(from)) {
      try (var entries = Files.newDirectoryStream(from)) {
        for (Path entry : entries) {
          if (!entry.endsWith(except)) {
            Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
          }
        }
      }
    }
  }

  private Path install(String artifact, Path pom) throws IOException {
    var in = repository().resolve("dev/tenon").resolve(artifact).resolve(VERSION);
    Files.createDirectories(in);
    Files.copy(pom, in.resolve(artifact + "-" + VERSION + ".pom"));
    return in;
  }

  private Launcher.Result maven(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
    command.addAll(List.of("-o", "-q", "-B", "-f", project.toString(), "package"));
    command.add("-Dmaven.repo.local=" + repository());
    command.addAll(List.of(arguments));
    var environment = Map.of("JAVA_HOME", System.getProperty("maven.java.home"), "MAVEN_OPTS", "");
    try (var running = Launcher.start(command, environment)) {
      return running.result();
    }
  }

  private void builds(String... arguments) throws Exception {
    var result = maven(arguments);
    assertEquals(0, result.exit(), result::toString);
    assertTrue(ModuleFinder.of(jar).find("com.acme.balancer").isPresent());
  }

  @Test
  void aCopyBuildsAndItsPolicyIsFoundByASealedImage() throws Exception {
    builds("-Dgrpc.testing.rounds=20");
    var reports = project.resolve("target/surefire-reports");
    try (var files = Files.newDirectoryStream(reports, "*RandomContractTest.txt")) {
      assertTrue(files.iterator().hasNext(), "its contract was not run");
    }
    var plugins = Files.createDirectory(folder.resolve("plugins"));
    Files.copy(jar, plugins.resolve(jar.getFileName()));
    var found =
        Launcher.run("greeter", "greeter-client", "--plugins", plugins.toString(), "--modules");
    assertTrue(
        found
            .output()
            .lines()
            .anyMatch(l -> l.matches("balancer +acme_random +com.acme.balancer.*")),
        found::toString);
  }

  @Test
  void aBrokenJarIsMadeAnew() throws Exception {
    builds("-Dmaven.test.skip=true");
    Files.write(jar, new byte[] {'P', 'K'}); // as a build that failed leaves it
    builds("-Dmaven.test.skip=true");
  }

  @Test
  void whatFailsOnAnOldJdkFailsAgain() throws Exception {
    Files.delete(project.resolve(".mvn/jvm.config"));
    int first = maven("-Dmaven.test.skip=true").exit(); // not 0 where Maven runs on an old JDK
    assertEquals(first, maven("-Dmaven.test.skip=true").exit());
  }
}
