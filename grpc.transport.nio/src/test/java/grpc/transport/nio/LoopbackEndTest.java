package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.StreamEnd.Progress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How connections between us end. */
class LoopbackEndTest extends Loopback {
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
  void nothingIsSentToAHostThatIsUnknown() throws Exception {
    var unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
    try (var client = TestClient.connecting(provider, unknown)) {
      client.awaitClosed();
      assertEquals(Progress.NOT_SENT, client.unary("/t.Echo/Unary", new byte[1]).end().progress());
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
        for (int spin = 0;
            spin < i * 50;
            spin++) { // races on purpose: ever later, by less than a timer can
          Thread.onSpinWait();
        }
        client.close();
        assertFalse(client.heardMoreAfterClosed());
      }
    }
  }
}
