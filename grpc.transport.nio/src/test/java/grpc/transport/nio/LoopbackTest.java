package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.StreamEnd.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Our client and our server. */
@ExtendWith(LeakCheck.class)
class LoopbackTest {
  private final NioTransportProvider provider = new NioTransportProvider();

  private ServerTransport serve(EchoServer echo, int maxStreams) throws IOException {
    return serve(echo, maxStreams, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private ServerTransport serve(EchoServer echo, int maxStreams, SocketAddress address)
      throws IOException {
    var options = new ServerTransportOptions(maxStreams, 8192, Duration.ofSeconds(10));
    return provider.listen(address, options, echo);
  }

  private static void echo(TestClient client, String path, int size) throws InterruptedException {
    byte[] message = TestClient.pattern(size);
    ClientStream stream = client.unary(path, message);
    assertArrayEquals(message, TestClient.bytes(stream.receive().orElseThrow()));
    assertTrue(stream.receive().isEmpty());
    assertTrue(stream.end().status().isOk(), stream.end().toString());
  }

  @Test
  void unaryCallsOfAllSizesAreAnswered() throws Exception {
    try (var server = serve(new EchoServer(), 100);
        var client = TestClient.connect(provider, server.localAddress())) {
      for (int size : new int[] {0, 1, 16_379, 16_380, 65_536, 1 << 20, 4 << 20}) {
        echo(client, "/t.Echo/Unary", size);
        echo(client, "/t.Echo/Inline", size);
      }
    }
  }

  @Test
  void unixDomainSocketsCarryCalls(@TempDir Path folder) throws Exception {
    var address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (var server = serve(new EchoServer(), 100, address);
        var client = TestClient.connect(provider, server.localAddress())) {
      echo(client, "/t.Echo/Unary", 100_000);
    }
    assertFalse(Files.exists(address.getPath()));
  }

  @Test
  void anAddressCanBeListenedOnAgainAtOnce() throws Exception {
    SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    for (int i = 0; i < 50; i++) {
      try (var server = serve(new EchoServer(), 100, address);
          var client = TestClient.connect(provider, server.localAddress())) {
        echo(client, "/t.Echo/Unary", 1);
        address = server.localAddress();
      }
    }
  }

  @Test
  void anAddressInUseIsNamed() throws Exception {
    try (var server = serve(new EchoServer(), 100)) {
      var e =
          assertThrows(IOException.class, () -> serve(new EchoServer(), 1, server.localAddress()));
      assertTrue(e.getMessage().contains("cannot listen on"), e.getMessage());
    }
  }

  @Test
  void callsBeyondTheServersLimitWaitTheirTurn() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var echo = new EchoServer();
    echo.on(
        "/t.Echo/Count",
        Dispatch.WHEN_WHOLE,
        stream -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.yield();
          var message = stream.receive().orElseThrow();
          running.decrementAndGet();
          stream.respond(EchoServer.headers(Metadata.EMPTY), message, Metadata.EMPTY);
        });
    try (var server = serve(echo, 2);
        var client = TestClient.connect(provider, server.localAddress())) {
      parallel(
          64,
          i -> {
            for (int n = 0; n < 50; n++) {
              echo(client, "/t.Echo/Count", 10);
            }
          });
      // A handler may run on a moment after its answer is written.
      assertTrue(most.get() <= 4, "running at once: " + most);
    }
  }

  @Test
  void aCallThatBeginsToWaitAsAnotherEndsIsNotForgotten() throws Exception {
    try (var server = serve(new EchoServer(), 1);
        var client = TestClient.connect(provider, server.localAddress())) {
      parallel(
          2,
          i -> {
            for (int n = 0; n < 20_000; n++) {
              echo(client, "/t.Echo/Inline", 1);
            }
          });
    }
  }

  @Test
  void callsCancelledWhileTheyWaitLeaveNoTrace() throws Exception {
    var release = new CountDownLatch(1);
    var seen = new AtomicInteger();
    var echo = new EchoServer();
    echo.on(
        "/t.Echo/Wait",
        Dispatch.AT_HEADERS,
        stream -> {
          seen.incrementAndGet();
          release.await();
          stream.close(Status.OK, Metadata.EMPTY);
        });
    try (var server = serve(echo, 1);
        var client = TestClient.connect(provider, server.localAddress())) {
      ClientStream first = client.start("/t.Echo/Wait");
      first.halfClose();
      List<ClientStream> cancelled = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        cancelled.add(client.start("/t.Echo/Wait"));
      }
      for (ClientStream stream : cancelled) {
        stream.cancel(Status.cancelled("not wanted"));
        assertEquals(Progress.NOT_SENT, stream.end().progress());
      }
      release.countDown();
      assertTrue(first.end().status().isOk());
      echo(client, "/t.Echo/Unary", 1);
      assertEquals(1, seen.get());
    }
  }

  @Test
  void aThousandStreamsRunAtOnceOnOneConnection() throws Exception {
    try (var server = serve(new EchoServer(), 1000);
        var client = TestClient.connect(provider, server.localAddress())) {
      var all = new CountDownLatch(1000);
      parallel(
          1000,
          i -> {
            ClientStream stream = client.start("/t.Echo/Bidi");
            byte[] message = TestClient.pattern(100 + i);
            stream.send(TestClient.message(message));
            assertArrayEquals(message, TestClient.bytes(stream.receive().orElseThrow()));
            all.countDown();
            all.await(); // all of them are open now
            stream.send(TestClient.message(message));
            stream.halfClose();
            assertArrayEquals(message, TestClient.bytes(stream.receive().orElseThrow()));
            assertTrue(stream.receive().isEmpty());
            assertTrue(stream.end().status().isOk(), stream.end().toString());
          });
    }
  }

  @Test
  void drainAnswersWhatWasAccepted() throws Exception {
    var accepted = new CountDownLatch(10);
    var release = new CountDownLatch(1);
    var echo = new EchoServer();
    echo.on(
        "/t.Echo/Wait",
        Dispatch.WHEN_WHOLE,
        stream -> {
          accepted.countDown();
          release.await();
          var message = stream.receive().orElseThrow();
          stream.respond(EchoServer.headers(Metadata.EMPTY), message, Metadata.EMPTY);
        });
    try (var server = serve(echo, 100);
        var client = TestClient.connect(provider, server.localAddress())) {
      List<ClientStream> running = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        running.add(client.unary("/t.Echo/Wait", TestClient.pattern(100_000)));
      }
      accepted.await();
      server.drain();
      client.awaitDraining();
      assertEquals(Progress.NOT_SENT, client.unary("/t.Echo/Wait", new byte[1]).end().progress());
      release.countDown();
      for (ClientStream stream : running) {
        assertEquals(100_000, stream.receive().orElseThrow().payload().remaining());
        assertTrue(stream.end().status().isOk(), stream.end().toString());
      }
      assertTrue(server.awaitClosed(Duration.ofSeconds(10)));
      client.awaitClosed();
    }
  }

  @Test
  void clientDrainLetsCallsEnd() throws Exception {
    try (var server = serve(new EchoServer(), 100);
        var client = TestClient.connect(provider, server.localAddress())) {
      ClientStream stream = client.start("/t.Echo/Bidi");
      stream.send(TestClient.message(new byte[1]));
      assertTrue(stream.receive().isPresent());
      client.transport().drain();
      assertEquals(Progress.NOT_SENT, client.start("/t.Echo/Bidi").end().progress());
      stream.halfClose();
      assertTrue(stream.end().status().isOk());
      client.awaitClosed();
    }
  }

  @Test
  void serverCloseEndsCallsOnBothSides() throws Exception {
    var echo = new EchoServer();
    var server = serve(echo, 100);
    try (server;
        var client = TestClient.connect(provider, server.localAddress())) {
      ClientStream stream = client.start("/t.Echo/Bidi");
      stream.send(TestClient.message(new byte[1]));
      assertTrue(stream.receive().isPresent());
      server.close();
      assertEquals(StatusCode.UNAVAILABLE, stream.end().status().code());
      var cancelled = echo.cancellations().poll(10, TimeUnit.SECONDS);
      assertEquals(StatusCode.CANCELLED, cancelled == null ? null : cancelled.code());
    }
  }

  @Test
  void closeWakesEverySenderThatWaits() throws Exception {
    var stop = new CountDownLatch(1);
    var echo = new EchoServer().on("/t.Echo/Deaf", Dispatch.AT_HEADERS, stream -> stop.await());
    try (var server = serve(echo, 200);
        var client = TestClient.connect(provider, server.localAddress())) {
      var sending = new CountDownLatch(200);
      var closer =
          Thread.startVirtualThread(() -> {
            try {
              sending.await();
              client.transport().close(Status.cancelled("enough"));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      parallel(
          200,
          i -> {
            ClientStream stream = client.start("/t.Echo/Deaf");
            var message = TestClient.message(new byte[300_000]);
            sending.countDown();
            while (stream.send(message)) {} // the second at the latest waits for a window
            assertFalse(stream.end().status().isOk());
          });
      closer.join();
    } finally {
      stop.countDown();
    }
  }

  @Test
  void aHundredThousandCallsLeaveTheHeapWhereItWas() throws Exception {
    try (var server = serve(new EchoServer(), 100);
        var client = TestClient.connect(provider, server.localAddress())) {
      calls(client, 20_000);
      long before = usedHeap();
      calls(client, 100_000);
      long grown = usedHeap() - before;
      // 20 bytes a call that stay would be 2 MiB.
      assertTrue(grown < 2 << 20, "grown by " + grown + " bytes");
    }
  }

  private static void calls(TestClient client, int count) throws Exception {
    parallel(
        50,
        i -> {
          for (int n = 0; n < count / 50; n++) {
            echo(client, "/t.Echo/Unary", 10);
          }
        });
  }

  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      var runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @Test
  void connectionRefusedIsTold() throws Exception {
    SocketAddress nobody;
    try (var server = serve(new EchoServer(), 1)) {
      nobody = server.localAddress();
    }
    try (var client = TestClient.connecting(provider, nobody)) {
      Status status = client.awaitClosed();
      assertEquals(StatusCode.UNAVAILABLE, status.code());
      assertTrue(status.message().contains("refused"), status.message());
      assertFalse(client.start("/t.Echo/Unary").end().status().isOk());
    }
  }

  @Test
  void closeBeforeReadyIsTheLastEvent() throws Exception {
    try (var server = serve(new EchoServer(), 1)) {
      for (int i = 0; i < 200; i++) {
        var client = TestClient.connecting(provider, server.localAddress());
        for (int spin = 0; spin < i * 50; spin++) {
          Thread.onSpinWait();
        }
        client.close();
        assertFalse(client.heardMoreAfterClosed());
      }
    }
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
