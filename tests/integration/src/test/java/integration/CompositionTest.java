package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.kernel.GrpcRuntime;
import grpc.kernel.info.ProviderInfo;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The laws of runtimes: what modules come together to, and what is an error. */
@Timeout(50)
class CompositionTest {
  private static final ModuleLayer BOOT = ModuleLayer.boot();

  @TempDir private Path folder;

  private static List<String> codecs(GrpcRuntime runtime) {
    return runtime.providers().stream()
        .filter(info -> info.kind() == ProviderInfo.Kind.CODEC)
        .map(info -> info.name() + " in " + info.module())
        .toList();
  }

  private static String refusal(GrpcRuntime.Builder builder) {
    return assertThrows(IllegalStateException.class, builder::build).getMessage();
  }

  @Test
  void childLayerHasItsParentsProvidersAndItsOwn() throws Exception {
    var layer = Layers.over(BOOT, new Layers(folder).codec("plugin.a", "a", ""));
    var codecs = codecs(GrpcRuntime.of(layer));
    assertTrue(codecs.contains("a in plugin.a"), codecs::toString);
    assertTrue(codecs.contains("raw in grpc.codec.raw"), codecs::toString);
    assertFalse(codecs(GrpcRuntime.of(BOOT)).contains("a in plugin.a"));
  }

  @Test
  void runtimesLiveSideBySide() throws Exception {
    var layers = new Layers(folder);
    var left = GrpcRuntime.of(Layers.over(BOOT, layers.codec("plugin.a", "same", "")));
    var right = GrpcRuntime.of(Layers.over(BOOT, layers.codec("plugin.b", "same", "")));
    assertTrue(codecs(left).contains("same in plugin.a"), left::toString);
    assertTrue(codecs(right).contains("same in plugin.b"), right::toString);
    assertFalse(codecs(left).contains("same in plugin.b"));
  }

  @Test
  void twoModulesWithOneNameAreAnErrorThatNamesBothAndWhereTheyAre() throws Exception {
    var layers = new Layers(folder);
    Path a = layers.codec("plugin.a", "same", "");
    Path b = layers.codec("plugin.b", "same", "");
    String message = refusal(GrpcRuntime.builder().layer(Layers.over(BOOT, a, b)));
    assertTrue(message.startsWith("two providers of codec 'same': plugin."), message);
    for (String part :
        new String[] {
          "plugin.a.Made in plugin.a (" + a.toUri() + ")",
          "plugin.b.Made in plugin.b (" + b.toUri() + ")"
        }) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void nameInAParentIsAnErrorUnlessTheChildReplacesIt() throws Exception {
    var layer = Layers.over(BOOT, new Layers(folder).codec("plugin.a", "raw", ""));
    String message = refusal(GrpcRuntime.builder().layer(layer));
    assertTrue(message.contains("in plugin.a"), message);
    assertTrue(message.contains("in grpc.codec.raw"), message);
    assertTrue(message.contains("childReplacesParent()"), message);
    var codecs = codecs(GrpcRuntime.builder().layer(layer).childReplacesParent().build());
    assertTrue(codecs.contains("raw in plugin.a"), codecs::toString);
    assertFalse(codecs.contains("raw in grpc.codec.raw"), codecs::toString);
  }

  @Test
  void constructorThatThrowsIsAnErrorThatNamesModuleAndCause() throws Exception {
    Path broken =
        new Layers(folder).codec("plugin.a", "a", "throw new ArithmeticException(\"no luck\");");
    String message = refusal(GrpcRuntime.builder().layer(Layers.over(BOOT, broken)));
    assertEquals(
        "codec provider plugin.a.Made in plugin.a (%s) cannot be made:".formatted(broken.toUri())
            + " java.lang.ArithmeticException: no luck (remove its module or repair it)",
        message);
  }

  @Test
  void nameThatThrowsIsAnErrorThatNamesModuleAndCause() throws Exception {
    Path resolver =
        new Layers(folder)
            .compile(
                "plugin.a",
                "provides grpc.spi.resolver.ResolverProvider with plugin.a.Made;",
                "Made",
                """
                import grpc.spi.resolver.*;

                public final class Made implements ResolverProvider {
                  public Made() {}
                  public String scheme() { throw new ArithmeticException("no luck"); }
                  public Resolver create(Target target, ResolverContext context) { return null; }
                }
                """);
    String message = refusal(GrpcRuntime.builder().layer(Layers.over(BOOT, resolver)));
    assertEquals(
        "resolver plugin.a.Made in plugin.a (%s) threw".formatted(resolver.toUri())
            + " java.lang.ArithmeticException: no luck (a bug of that module: replace it)",
        message);
  }

  /** A program with the kernel and no provider at all, in a JVM of its own. */
  private String alone(String statement) throws Exception {
    Path app =
        new Layers(folder)
            .compile(
                "app",
                "",
                "Main",
                """
                public final class Main {
                  public static void main(String[] args) throws Exception {
                    try {
                      %s;
                      System.out.print("no error");
                    } catch (IllegalStateException e) {
                      System.out.print(e.getMessage());
                    }
                  }
                }
                """
                    .formatted(statement));
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                Layers.pathOf("grpc.api", "grpc.spi", "grpc.kernel", "com.google.gson", "org.slf4j")
                    + File.pathSeparator
                    + app,
                "-m",
                "app/app.Main")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), out);
      return out;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void kernelAloneStartsAndNamesTheMissingResolver() throws Exception {
    assertEquals(
        "no resolver for scheme 'dns': add module grpc.resolver.dns"
            + " (found: ipv4, ipv6, passthrough, unix, unix-abstract)",
        alone(
            "grpc.kernel.GrpcChannel.open(\"dns:///localhost:1\","
                + " grpc.api.ChannelCredentials.plaintext()).close()"));
  }

  @Test
  void kernelAloneStartsAndNamesTheMissingTransport() throws Exception {
    String message =
        alone(
            "grpc.kernel.GrpcServer.builder().listen(0,"
                + " grpc.api.ServerCredentials.plaintext()).start().close()");
    assertTrue(message.startsWith("no transport for address "), message);
    assertTrue(message.endsWith(": add module grpc.transport.nio (found: none)"), message);
  }
}
