package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
      try (var channel = GrpcChannel.open(Main.target, ChannelCredentials.plaintext())) {
        var options = CallOptions.timeout(Duration.ofSeconds(60)).withWaitForReady(true);
        return new String(
            channel.unary(METHOD, new byte[] {'o', 'k'}, options).message(),
            StandardCharsets.UTF_8);
      }
    }
  }

  /**
   * A DNS server that knows every name's A record, 127.0.0.1, on a thread that needs no carrier.
   */
  private record NameServer(DatagramSocket socket) {
    private static final int HEADER_BYTES = 12;
    private static final int RESPONSE = 0x8400; // QR and AA (RFC 1035 §4.1.1)

    static int start() throws IOException {
      var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
      Thread.ofPlatform().daemon().start(new NameServer(socket)::serve);
      return socket.getLocalPort();
    }

    private void serve() {
      try {
        while (true) {
          var packet = new DatagramPacket(new byte[512], 512);
          socket.receive(packet);
          packet.setData(answer(ByteBuffer.wrap(packet.getData())));
          socket.send(packet);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static byte[] answer(ByteBuffer query) {
      int end = HEADER_BYTES;
      while (query.get(end) != 0) {
        end += 1 + query.get(end);
      }
      boolean known = query.getShort(end + 1) == 1; // type A
      var answer = ByteBuffer.allocate(512).put(query.slice(0, end + 5));
      answer.putShort(2, (short) RESPONSE).putShort(6, (short) (known ? 1 : 0));
      answer.putInt(8, 0); // no authority, nothing more
      if (known) { // a pointer to the question's name, type, class, TTL, length, address
        answer.putShort((short) (0xc000 + HEADER_BYTES)).putShort((short) 1).putShort((short) 1);
        answer.putInt(60).putShort((short) 4).put(new byte[] {127, 0, 0, 1});
      }
      return Arrays.copyOf(answer.array(), answer.position());
    }
  }

  /** A server whose handlers need no thread, and a call from a static initializer. */
  static final class Main {
    static String target = "";

    private Main() {}

    /** Prints the answer. */
    public static void main(String[] args) throws Exception {
      var service =
          ServiceDefinition.builder("test.Echo").unary(METHOD, request -> request).build();
      var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      try (var server =
          GrpcServer.builder()
              .listen(local, ServerCredentials.plaintext())
              .service(service.inline())
              .start()) {
        target = args[0].formatted(NameServer.start()) + server.port();
        Thread.ofVirtual().start(() -> System.out.println(Caller.ANSWER)).join();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ipv4:127.0.0.1:", "dns:///localhost:", "dns://127.0.0.1:%d/backend.test:"})
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
