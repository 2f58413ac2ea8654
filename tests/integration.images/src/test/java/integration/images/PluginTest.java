package integration.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A policy that the image was linked without, brought in a folder. */
@Timeout(50)
class PluginTest {
  @TempDir Path plugins;

  @BeforeEach
  void copyPlugin() throws IOException {
    try (var jars =
        Files.newDirectoryStream(
            Path.of("../../examples/random-balancer/target"), "examples.balancer.random-*.jar")) {
      for (Path jar : jars) {
        Files.copy(jar, plugins.resolve(jar.getFileName()));
      }
    }
  }

  @Test
  void imageItselfLacksThePolicy() throws Exception {
    var result =
        Launcher.run(
            "greeter", "greeter-client", "--target", "ipv4:127.0.0.1:1", "--policy", "acme_random");
    assertEquals(1, result.exit());
    assertTrue(
        result.errors().startsWith("greeter-client: no balancer for policy 'acme_random'"),
        result.errors());
  }

  @Test
  void policyIsListedWithItsModule() throws Exception {
    var result =
        Launcher.run("greeter", "greeter-client", "--plugins", plugins.toString(), "--modules");
    assertEquals("", result.errors());
    assertTrue(
        result.output().lines().anyMatch(l -> l.matches("balancer +acme_random +examples.+")),
        result.output());
  }

  @Test
  void aServerTakesThemToo() throws Exception {
    var result =
        Launcher.run("greeter", "greeter-server", "--plugins", plugins.toString(), "--modules");
    assertTrue(
        result.output().lines().anyMatch(l -> l.matches("balancer +acme_random +examples.+")),
        result::toString);
  }

  @Test
  void whatAnImageLacksForThemIsSaid() throws Exception {
    var result =
        Launcher.run("interop", "interop-server", "--plugins", plugins.toString(), "--modules");
    assertEquals(1, result.exit());
    assertEquals(
        "interop-server: --plugins %s: Module grpc.balancer.base not found, required by examples.balancer.random\n"
            .formatted(plugins),
        result.errors());
  }

  @Test
  void serviceConfigChoosesThePolicy() throws Exception {
    var config = plugins.resolve("config.json");
    Files.writeString(config, "{\"loadBalancingConfig\": [{\"acme_random\": {}}]}");
    try (var oak =
        Launcher.start(
            "greeter",
            "greeter-server",
            "--port=0",
            "--plugins=" + plugins,
            "--service-config=" + config)) {
      var target = "ipv4:127.0.0.1:" + oak.port();
      var result =
          Launcher.run(
              "greeter",
              "greeter-client",
              "--target=" + target,
              "--plugins=" + plugins,
              "--service-config=" + config);
      assertEquals("", result.errors());
      assertEquals("Hello, world! (greeter)\n", result.output());
      var without =
          Launcher.run(
              "greeter", "greeter-client", "--target=" + target, "--service-config=" + config);
      assertEquals(1, without.exit());
      assertTrue(without.errors().contains("acme_random"), without.errors());
      assertEquals(1, without.errors().lines().count(), without.errors());
    }
  }

  @Test
  void serviceConfigThatCannotBeUsedIsSaid() throws Exception {
    for (String command : new String[] {"greeter-server --port=0", "greeter-client --target=x:1"}) {
      for (String config : new String[] {"{\"loadBalancingConfig\": 1}", "{", "none.json"}) {
        var parts = command.split(" ", 2);
        var result = Launcher.run("greeter", parts[0], parts[1], "--service-config", config);
        assertTrue(result.exit() != 0, result::toString);
        assertEquals("", result.output());
        assertTrue(result.errors().startsWith(parts[0] + ": "), result.errors());
        assertEquals(1, result.errors().lines().count(), result.errors());
      }
    }
  }

  @Test
  void policyOfAFolderBalances() throws Exception {
    try (var oak = Launcher.start("greeter", "greeter-server", "--port", "0", "--name", "oak");
        var elm = Launcher.start("greeter", "greeter-server", "--port", "0", "--name", "elm")) {
      var result =
          Launcher.run(
              "greeter",
              "greeter-client",
              "--plugins",
              plugins.toString(),
              "--policy",
              "acme_random",
              "--count",
              "60", // both answer but once in 2^59 runs
              "--target",
              "ipv4:127.0.0.1:%d,127.0.0.1:%d".formatted(oak.port(), elm.port()));
      assertEquals("", result.errors());
      assertEquals(60, result.output().lines().count());
      assertTrue(result.output().contains("(oak)"), result.output());
      assertTrue(result.output().contains("(elm)"), result.output());
    }
  }
}
