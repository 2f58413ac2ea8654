package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServiceDefinition;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A virtual thread that waits in a static initializer pins its carrier (JEP 491). With a single
 * carrier, a call from there ends only if nothing that it waits for needs one.
 */
@Timeout(120)
class StaticInitializerTest {
  private static final MethodDescriptor<byte[], byte[]> METHOD =
      MethodDescriptor.of("test.Echo/Unary", MethodType.UNARY, byte[].class, byte[].class, "raw");

  /** Calls while it is initialised. */
  private static final class Caller {
    static final String ANSWER = call();

    private static String call() {
      try (var channel = GrpcChannel.open(Main.target)) {
        var options = CallOptions.deadline(Duration.ofSeconds(60)).withWaitForReady(true);
        return new String(
            channel.unary(METHOD, new byte[] {'o', 'k'}, options).message(),
            StandardCharsets.UTF_8);
      }
    }
  }

  /** A server whose handlers need no thread, and a call from a static initializer. */
  static final class Main {
    static String target = "";

    private Main() {}

    /** Prints the answer. */
    public static void main(String[] args) throws InterruptedException {
      var service =
          ServiceDefinition.builder("test.Echo").unary(METHOD, request -> request).build();
      var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      try (var server = GrpcServer.builder().listen(local).service(service.inline()).start()) {
        target = args[0] + server.port();
        Thread.ofVirtual().start(() -> System.out.println(Caller.ANSWER)).join();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ipv4:127.0.0.1:", "dns:///localhost:"})
  void callEndsThoughNoCarrierIsLeft(String target) throws Exception {
    var path =
        Stream.of("jdk.module.path", "java.class.path")
            .map(property -> Objects.requireNonNullElse(System.getProperty(property), ""))
            .filter(paths -> !paths.isEmpty())
            .collect(Collectors.joining(File.pathSeparator));
    var child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-cp",
                "target/test-classes" + File.pathSeparator + path,
                Main.class.getName(),
                target)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = child.inputReader()) {
      assertEquals("ok", out.lines().filter(line -> line.equals("ok")).findFirst().orElse("none"));
    } finally {
      child.destroyForcibly();
    }
  }
}
