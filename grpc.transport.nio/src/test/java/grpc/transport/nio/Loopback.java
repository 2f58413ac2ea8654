package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our client and our server. */
@ExtendWith(LeakCheck.class)
abstract class Loopback {
  final NioTransportProvider provider = new NioTransportProvider();

  ServerTransport serve(EchoServer echo, int maxStreams) throws IOException {
    return serve(echo, maxStreams, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  ServerTransport serve(EchoServer echo, int maxStreams, SocketAddress address) throws IOException {
    var options =
        ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
            .maxConcurrentStreams(maxStreams)
            .maxHeaderListSize(8192)
            .handshakeTimeout(Duration.ofSeconds(10))
            .build();
    return provider.listen(address, options, echo);
  }

  static void echo(TestClient client, String path, int size) throws InterruptedException {
    byte[] message = TestClient.pattern(size);
    ClientStream stream = client.unary(path, message);
    assertArrayEquals(message, TestClient.bytes(stream.receive().orElseThrow()));
    assertTrue(stream.receive().isEmpty());
    assertTrue(stream.end().status().isOk(), stream.end().toString());
  }

  /** What each of several threads does. */
  @FunctionalInterface
  interface Part {
    void run(int index) throws Exception;
  }

  static void parallel(int threads, Part part) throws Exception {
    List<CompletableFuture<Void>> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      var done = new CompletableFuture<Void>();
      parts.add(done);
      int index = i;
      Thread.startVirtualThread(() -> {
        try {
          part.run(index);
          done.complete(null);
        } catch (Throwable t) {
          done.completeExceptionally(t);
        }
      });
    }
    for (CompletableFuture<Void> done : parts) {
      done.get(60, TimeUnit.SECONDS);
    }
  }
}
