package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.transport.nio.frame.ErrorCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a client's windows let a server send (RFC 9113 §5.2, §6.9), frame by frame. */
class ServerWindowTest extends ServerWire {
  private static final int WINDOW = 4; // SETTINGS_INITIAL_WINDOW_SIZE

  @Test
  void zeroWindowStillSendsHeaders() throws IOException {
    try (var peer = client(WINDOW, 0)) {
      peer.request(1, false, "/t.Echo/Unary").message(1, true, 2).play();
      peer.expect(OK_HEADERS).expectQuiet();
      for (int i = 0; i < 7; i++) { // the prefix and the message, a byte at a time
        peer.windowUpdate(1, 1).play().expect("DATA 1 1");
      }
      peer.expect(OK_TRAILERS);
    }
  }

  @Test
  void emptyMessagesNeedAWindowAndTrailersDoNot() throws IOException {
    try (var peer = client(WINDOW, 5)) {
      peer.request(1, false, "/t.Echo/Unary").message(1, true, 0).play();
      peer.expect(OK_HEADERS).expect("DATA 1 5").expect(OK_TRAILERS);
    }
  }

  @Test
  void aWindowShrunkBelowZeroSendsNothingUntilItIsPositive() throws IOException {
    try (var peer = client(WINDOW, 100)) {
      peer.request(1, false, "/t.Echo/Unary").message(1, true, 995).play();
      peer.expect(OK_HEADERS).expect("DATA 1 100");
      peer.settings(WINDOW, 0).windowUpdate(1, 100).play().expect("SETTINGS ACK").expectQuiet();
      peer.windowUpdate(1, 1).play().expect("DATA 1 1").expectQuiet();
      peer.settings(WINDOW, 50).play().expect("SETTINGS ACK").expect("DATA 1 50").expectQuiet();
      peer.settings(WINDOW, Integer.MAX_VALUE).play().expect("SETTINGS ACK");
      peer.expect("DATA 1 849").expect(OK_TRAILERS);
    }
  }

  @Test
  void theLargestWindowIsAllowedAndOneMoreIsNot() throws IOException {
    try (var peer = client(WINDOW, 0)) {
      peer.request(1, false, "/t.Echo/Bidi").windowUpdate(1, Integer.MAX_VALUE).play();
      peer.expect(OK_HEADERS).expectQuiet();
      peer.windowUpdate(1, 1).play().expectSoon("RST_STREAM 1 FLOW_CONTROL_ERROR");
      expectNoWindowYet(peer);
      peer.windowUpdate(0, Integer.MAX_VALUE).play();
      peer.expectSoon("GOAWAY 3 FLOW_CONTROL_ERROR");
      peer.expect("EOF");
    }
  }

  @Test
  void aHandlerHearsThatItsWindowOverflowedWhileOthersMayWrite() throws Exception {
    var heard = new CountDownLatch(1);
    var answered = new CountDownLatch(1);
    var othersWrote = new CompletableFuture<Boolean>();
    echo.on("/t.Echo/Stay", Dispatch.AT_HEADERS, ServerStream::receive);
    echo.on(
        "/t.Echo/Late",
        Dispatch.AT_HEADERS,
        stream -> {
          heard.await();
          stream.close(Status.OK, Metadata.EMPTY);
        });
    echo.whenCancelled(() -> {
      heard.countDown();
      try { // which nobody should do here: it shows that the writer's role is free
        othersWrote.complete(answered.await(5, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        othersWrote.completeExceptionally(e);
      }
    });
    try (var peer = client()) {
      peer.request(1, true, "/t.Echo/Late").request(3, false, "/t.Echo/Stay");
      peer.windowUpdate(3, Integer.MAX_VALUE).play();
      peer.expectSoon("RST_STREAM 3 FLOW_CONTROL_ERROR");
      peer.expectSoon("HEADERS 1 END_STREAM :status=200");
      answered.countDown();
      assertTrue(TestClient.await(othersWrote));
    }
  }

  private static void expectNoWindowYet(MockPeer peer) throws IOException {
    peer.request(3, false, "/t.Echo/Unary").message(3, true, 1).play();
    peer.expectSoon("HEADERS 3 :status=200");
    peer.expectQuiet();
  }

  @Test
  void settingsThatOverflowAWindowEndTheConnection() throws IOException {
    try (var peer = client(WINDOW, 0)) {
      peer.request(1, false, "/t.Echo/Bidi").windowUpdate(1, Integer.MAX_VALUE).play();
      peer.expect(OK_HEADERS).expectQuiet();
      peer.settings(WINDOW, 1).play();
      peer.expectSoon("GOAWAY 1 FLOW_CONTROL_ERROR");
      peer.expect("EOF");
    }
  }

  @Test
  void theConnectionsWindowIsSharedInTurn() throws IOException {
    try (var peer = client(WINDOW, 1 << 20)) {
      peer.request(1, false, "/t.Echo/Unary").request(3, false, "/t.Echo/Unary");
      for (int stream : new int[] {1, 3}) {
        byte[] message = FrameScript.prefixed(64_000);
        for (int at = 0; at < message.length; at += 16_000) {
          int end = Math.min(at + 16_000, message.length);
          peer.data(stream, end == message.length, Arrays.copyOfRange(message, at, end));
        }
      }
      peer.play();
      int[] got = new int[4];
      while (got[1] + got[3] < 65_535) {
        String line = peer.next();
        if (line.startsWith("DATA")) {
          got[Integer.parseInt(line.split(" ")[1])] += peer.payload().length;
        }
      }
      assertEquals(65_535, got[1] + got[3]);
      peer.ping(1, false).play().expectSoon("PING ACK");
      peer.windowUpdate(0, 1 << 20).play();
      while (got[1] + got[3] < 2 * 64_005) {
        String line = peer.next();
        if (line.startsWith("DATA")) {
          got[Integer.parseInt(line.split(" ")[1])] += peer.payload().length;
        }
      }
      assertEquals(64_005, got[1]);
    }
  }

  @Test
  void anEndThatNeedsNoWindowDoesNotWaitForTheConnections() throws IOException {
    echo.on("/t.Echo/Large", Dispatch.INLINE, stream -> respond(stream, 100_000));
    echo.on("/t.Echo/Small", Dispatch.INLINE, stream -> respond(stream, 32_762));
    try (var peer = client(WINDOW, 0)) {
      peer.request(1, true, "/t.Echo/Large").request(3, true, "/t.Echo/Small").play();
      peer.expect(OK_HEADERS).expect("HEADERS 3 :status=200");
      peer.settings(WINDOW, 1 << 20).play().expect("SETTINGS ACK");
      peer.expect("DATA 1 16384").expect("DATA 3 16384").expect("DATA 1 16384");
      peer.expect("DATA 3 16383"); // that is all that the connection may send
      peer.ping(1, false).play();
      peer.expect("HEADERS 3 END_STREAM grpc-status=0").expect("PING ACK 1");
      peer.windowUpdate(0, 1 << 20).play().expect("DATA 1 16384");
    }
  }

  private static void respond(ServerStream stream, int bytes) {
    var message = TestClient.message(new byte[bytes]);
    stream.respond(EchoServer.headers(Metadata.EMPTY), message, Metadata.EMPTY);
  }

  @Test
  void aPeerThatStopsReadingHoldsTheHandlerBack() throws Exception {
    var blocked = new CountDownLatch(1);
    var sent = new java.util.concurrent.atomic.AtomicInteger();
    echo.on(
        "/t.Echo/Endless",
        Dispatch.WHEN_WHOLE,
        stream -> {
          stream.sendHeaders(EchoServer.headers(Metadata.EMPTY));
          while (stream.send(TestClient.message(new byte[60_000]))) {
            sent.incrementAndGet();
          }
          blocked.countDown();
        });
    try (var peer = client(WINDOW, 200_000)) {
      peer.windowUpdate(0, 1 << 24).request(1, true, "/t.Echo/Endless").play();
      peer.expectSoon("HEADERS 1 :status=200");
      int got = 0;
      while (got < 200_000) {
        peer.expectSoon("DATA 1 ");
        got += peer.payload().length;
      }
      peer.expectQuiet();
      assertTrue(sent.get() <= 5, "messages: " + sent); // the window, the quota, and one more
      peer.reset(1, ErrorCode.CANCEL).play();
      assertTrue(blocked.await(20, TimeUnit.SECONDS));
    }
  }
}
