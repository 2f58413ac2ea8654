package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.StreamEnd.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls between our client and our server. */
class LoopbackTest extends Loopback {
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
          Thread.yield(); // so that others run with it, if they may
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
}
