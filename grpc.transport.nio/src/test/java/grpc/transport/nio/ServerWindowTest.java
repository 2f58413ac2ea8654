package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.transport.nio.frame.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Flow control of a server (RFC 9113 §5.2, §6.9), frame by frame. */
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
        byte[] message = MockPeer.prefixed(64_000);
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
  void moreThanOurWindowResetsTheStream() throws Exception {
    var stop = new CountDownLatch(1);
    echo.on("/t.Echo/Deaf", Dispatch.AT_HEADERS, stream -> stop.await());
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Deaf");
      byte[] frame = copies(MockPeer.prefixed(95), 128);
      for (int sent = 0; sent + frame.length <= OUR_WINDOW; sent += frame.length) {
        peer.data(1, false, frame);
      }
      peer.play().expectQuiet(); // the stream's window is not widened: nobody reads
      peer.data(1, false, frame).play();
      peer.expect("RST_STREAM 1 FLOW_CONTROL_ERROR");
      assertTrue(echo.cancellations().poll(20, TimeUnit.SECONDS) != null);
    } finally {
      stop.countDown();
    }
  }

  @Test
  void connectionIsCreditedThoughNobodyReads() throws Exception {
    var stop = new CountDownLatch(1);
    echo.on("/t.Echo/Deaf", Dispatch.AT_HEADERS, stream -> stop.await());
    try (var peer = client()) {
      byte[] frame = copies(MockPeer.prefixed(1019), 16);
      for (int stream = 1; stream < 2 * MAX_STREAMS; stream += 2) {
        peer.request(stream, false, "/t.Echo/Deaf");
        for (int sent = 0; sent + frame.length <= OUR_WINDOW; sent += frame.length) {
          peer.data(stream, false, frame);
        }
        peer.play();
      }
      peer.expect("WINDOW_UPDATE 0 1048576").expectQuiet(); // a quarter of 4 MiB
    } finally {
      stop.countDown();
    }
  }

  private static byte[] copies(byte[] bytes, int times) {
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  @Test
  void aMessageLargerThanTheWindowWidensIt() throws Exception {
    try (var peer = client()) {
      byte[] message = MockPeer.prefixed(1 << 20);
      peer.request(1, false, "/t.Echo/Collect");
      peer.data(1, false, Arrays.copyOf(message, 16_384)).play();
      String line = peer.next();
      assertTrue(line.startsWith("WINDOW_UPDATE 1 "), line);
      int granted = Integer.parseInt(line.split(" ")[2]);
      assertEquals(message.length - OUR_WINDOW + 257, granted); // padding, and 1 for nghttp2's end
      for (int at = 16_384; at < message.length; at += 16_384) {
        int end = Math.min(at + 16_384, message.length);
        peer.data(1, end == message.length, Arrays.copyOfRange(message, at, end));
      }
      peer.play();
      peer.expectSoon("HEADERS 1 :status=200");
      peer.expectSoon("DATA 1 9");
      peer.expectSoon("HEADERS 1 END_STREAM grpc-status=0");
    }
  }

  @Test
  void framesOfPaddingBehindAMessageThatFillsTheWindowDoNotUseItUp() throws Exception {
    echo.on(
        "/t.Echo/Whole",
        Dispatch.WHEN_WHOLE,
        stream -> {
          var status = stream.receive().isPresent() ? Status.OK : Status.internal("no message");
          stream.close(status, Metadata.EMPTY);
        });
    try (var peer = client()) {
      fillWindow(peer.request(1, false, "/t.Echo/Whole"));
      for (int i = 0; i < 3; i++) {
        sendPadding(peer, false);
        peer.ping(i, false).play().expect("WINDOW_UPDATE 1 256").expect("PING ACK " + i);
      }
      sendPadding(peer, true);
      String end = peer.expectSoon("HEADERS 1 END_STREAM :status=200");
      assertTrue(end.endsWith("grpc-status=0"), end);
    }
  }

  @Test
  void aHandlerThatReadsWidensTheStreamAgain() throws Exception {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Collect");
      int toSend = 8 * OUR_WINDOW;
      int window = OUR_WINDOW;
      while (toSend > 0) {
        int size = Math.min(Math.min(window, 16_384), toSend);
        if (size > 5) {
          peer.data(1, size == toSend, MockPeer.prefixed(size - 5)).play();
          window -= size;
          toSend -= size;
        }
        while (window < 16_384 && toSend > 0) {
          String line = peer.next();
          if (line.startsWith("WINDOW_UPDATE 1 ")) {
            window += Integer.parseInt(line.split(" ")[2]);
          }
        }
      }
      peer.expectSoon("HEADERS 1 :status=200");
    }
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
