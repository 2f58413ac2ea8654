package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Flags;
import grpc.transport.nio.frame.FrameType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server's part of RFC 9113 as a trace of frames. */
class ServerProtocolTest extends ServerWire {
  private static final int WINDOW = 4; // SETTINGS_INITIAL_WINDOW_SIZE

  @Test
  void settingsComeBeforeThePreface() throws IOException {
    try (var peer = MockPeer.connect(server.localAddress())) {
      peer.expect("SETTINGS 3=" + MAX_STREAMS);
    }
  }

  @Test
  void anythingButThePrefaceIsRefused() throws IOException {
    try (var peer = MockPeer.connect(server.localAddress())) {
      peer.raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)).play();
      peer.expect("SETTINGS").expect("WINDOW_UPDATE 0");
      peer.expect("GOAWAY 0 PROTOCOL_ERROR: no HTTP/2 connection preface").expect("EOF");
    }
  }

  @Test
  void theFirstFrameMustBeSettings() throws IOException {
    try (var peer = MockPeer.connect(server.localAddress())) {
      peer.preface().ping(1, false).play();
      peer.expect("SETTINGS").expect("WINDOW_UPDATE 0");
      peer.expect("GOAWAY 0 PROTOCOL_ERROR: the first frame").expect("EOF");
    }
  }

  @Test
  void requestsMayComeWithThePreface() throws IOException {
    try (var peer = MockPeer.connect(server.localAddress())) {
      peer.preface().settings().request(1, false, "/t.Echo/Unary").message(1, true, 3).play();
      peer.expectSettings();
      peer.expect(OK_HEADERS).expect("DATA 1 8").expect(OK_TRAILERS);
    }
  }

  @Test
  void aCallIsAnsweredByteByByte() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Unary");
      for (byte b : FrameScript.prefixed(3)) {
        peer.data(1, false, b).play();
      }
      peer.data(1, true).play();
      peer.expect(OK_HEADERS).expect("DATA 1 8").expect(OK_TRAILERS);
    }
  }

  @Test
  void pingIsAnsweredAndAnAnswerIsNot() throws IOException {
    try (var peer = client()) {
      peer.ping(7, false).ping(8, true).play().expect("PING ACK 7").expectQuiet();
    }
  }

  @Test
  void unknownFramesAndSettingsArePassedOver() throws IOException {
    try (var peer = client()) {
      peer.frame(0x77, 0xFF, 0, (byte) 1).frame(0x78, 0, 1).settings(0x7777, 1).play();
      peer.expect("SETTINGS ACK");
      expectAnswer(peer, 1);
    }
  }

  @Test
  void paddingIsTakenOff() throws IOException {
    try (var peer = client()) {
      byte[] block = peer.block(FrameScript.requestFields("/t.Echo/Unary"));
      peer.frame(FrameType.HEADERS.code(), Flags.PADDED | Flags.END_HEADERS, 1, padded(block, 200));
      peer.frame(
          FrameType.DATA.code(),
          Flags.PADDED | Flags.END_STREAM,
          1,
          padded(FrameScript.prefixed(3), 255));
      peer.play().expect(OK_HEADERS).expect("DATA 1 8").expect(OK_TRAILERS);
    }
  }

  private static byte[] padded(byte[] bytes, int padding) {
    byte[] all = new byte[1 + bytes.length + padding];
    all[0] = (byte) padding;
    System.arraycopy(bytes, 0, all, 1, bytes.length);
    return all;
  }

  @Test
  void headersMayComeInPieces() throws IOException {
    try (var peer = client()) {
      byte[] block = peer.block(FrameScript.requestFields("/t.Echo/Unary"));
      peer.frame(FrameType.HEADERS.code(), 0, 1, Arrays.copyOf(block, 3)).play();
      for (int i = 3; i < block.length; i++) {
        int flags = i == block.length - 1 ? Flags.END_HEADERS : 0;
        peer.frame(FrameType.CONTINUATION.code(), flags, 1, block[i]);
        if (i > 50) { // and the rest in one
          peer.frame(
              FrameType.CONTINUATION.code(),
              Flags.END_HEADERS,
              1,
              Arrays.copyOfRange(block, i + 1, block.length));
          break;
        }
      }
      peer.message(1, true, 3).play();
      peer.expect(OK_HEADERS).expect("DATA 1 8").expect(OK_TRAILERS);
    }
  }

  /** Plays frames that end the connection. */
  private void expectGoAway(String code, Script script) throws IOException {
    try (var peer = client()) {
      script.write(peer);
      peer.play();
      String line = peer.expectSoon("GOAWAY");
      assertTrue(line.contains(" " + code + ":"), line);
      peer.expect("EOF");
    }
  }

  /** Writes to a peer. */
  @FunctionalInterface
  interface Script {
    void write(MockPeer peer) throws IOException;
  }

  @Test
  void streamIdsMustBeOddAndGrow() throws IOException {
    expectGoAway("PROTOCOL_ERROR", p -> p.request(2, true, "/t.Echo/None"));
    expectGoAway(
        "PROTOCOL_ERROR", p -> p.request(5, true, "/t.Echo/None").request(3, true, "/t.Echo/None"));
    expectGoAway("PROTOCOL_ERROR", p -> p.request(0, true, "/t.Echo/None"));
  }

  @Test
  void framesOnIdleStreamsEndTheConnection() throws IOException {
    expectGoAway("PROTOCOL_ERROR", p -> p.data(1, true, (byte) 1));
    expectGoAway("PROTOCOL_ERROR", p -> p.reset(1, ErrorCode.CANCEL));
    expectGoAway("PROTOCOL_ERROR", p -> p.windowUpdate(1, 1));
  }

  @Test
  void framesThatBreakTheirRulesEndTheConnection() throws IOException {
    expectGoAway("PROTOCOL_ERROR", p -> p.frame(FrameType.PUSH_PROMISE.code(), 4, 1, new byte[8]));
    expectGoAway("PROTOCOL_ERROR", p -> p.frame(FrameType.CONTINUATION.code(), 4, 1));
    expectGoAway("PROTOCOL_ERROR", p -> p.windowUpdate(0, 0));
    expectGoAway("PROTOCOL_ERROR", p -> p.settings(2, 7));
    expectGoAway("FLOW_CONTROL_ERROR", p -> p.settings(WINDOW, -1));
    expectGoAway("PROTOCOL_ERROR", p -> p.settings(5, 16_383));
    expectGoAway("FRAME_SIZE_ERROR", p -> p.frame(FrameType.PING.code(), 0, 0, new byte[7]));
    expectGoAway("FRAME_SIZE_ERROR", p -> p.frame(0x77, 0, 0, new byte[16_385]));
    expectGoAway(
        "COMPRESSION_ERROR",
        p -> p.frame(FrameType.HEADERS.code(), 5, 1, (byte) 0xFF, (byte) 0xFF));
    expectGoAway(
        "PROTOCOL_ERROR", p -> p.frame(FrameType.HEADERS.code(), 0, 1, (byte) 0x82).ping(1, false));
  }

  @Test
  void dataBehindTheEndResetsTheStream() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Bidi").message(1, false, 1).play();
      peer.expectSoon("HEADERS 1");
      peer.expectSoon("DATA 1 6");
      echo.on("/t.Echo/Stay", Dispatch.AT_HEADERS, stream -> hang());
      peer.request(3, true, "/t.Echo/Stay").data(3, false, (byte) 0).play();
      peer.expectSoon("RST_STREAM 3 STREAM_CLOSED");
      peer.request(5, false, "/t.Echo/Stay").request(5, false, "/t.Echo/Stay").play();
      peer.expectSoon("RST_STREAM 5 PROTOCOL_ERROR"); // HEADERS in mid-stream
      peer.request(7, false, "/t.Echo/Stay").windowUpdate(7, 0).play();
      peer.expectSoon("RST_STREAM 7 PROTOCOL_ERROR");
      peer.windowUpdate(7, 0).windowUpdate(7, 0).play().expectSoon("RST_STREAM 7 PROTOCOL_ERROR");
      peer.data(1, true).play().expectSoon("RST_STREAM 7 PROTOCOL_ERROR");
      peer.expectSoon("HEADERS 1 END_STREAM grpc-status=0");
    }
  }

  @Test
  void headersBehindTheEndAndMalformedTrailersResetTheStream() throws IOException {
    echo.on("/t.Echo/Stay", Dispatch.AT_HEADERS, stream -> hang());
    try (var peer = client()) {
      peer.request(1, true, "/t.Echo/Stay").headers(1, true, "x-late", "1").play();
      peer.expectSoon("RST_STREAM 1 STREAM_CLOSED");
      peer.request(3, false, "/t.Echo/Stay").headers(3, true, ":path", "/").play();
      peer.expectSoon("RST_STREAM 3 PROTOCOL_ERROR");
      peer.request(5, false, "/t.Echo/Stay").headers(5, true, "X-Upper", "1").play();
      peer.expectSoon("RST_STREAM 5 PROTOCOL_ERROR");
      peer.request(7, false, "/t.Echo/Collect").message(7, false, 1);
      peer.headers(7, true, "x-more", "1").play().expectSoon("HEADERS 7 :status=200");
      peer.expectSoon("DATA 7 9");
      peer.expectSoon("HEADERS 7 END_STREAM grpc-status=0");
    }
  }

  private void hang() throws InterruptedException {
    echo.cancellations().take();
  }

  @Test
  void aDeadlineThatPassesTellsTheClientToStop() throws IOException {
    echo.on(
        "/t.Echo/Late",
        Dispatch.AT_HEADERS,
        stream -> stream.close(Status.deadlineExceeded("late"), Metadata.EMPTY));
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Late").play();
      peer.expect("HEADERS 1 END_STREAM :status=200 content-type=application/grpc grpc-status=4");
      peer.expect("RST_STREAM 1 CANCEL");
    }
  }

  @Test
  void trailersBeforeTheRequestsEndAreFollowedByReset() throws IOException {
    echo.on(
        "/t.Echo/Early",
        Dispatch.AT_HEADERS,
        stream -> stream.close(Status.of(grpc.api.StatusCode.ABORTED, "no"), Metadata.EMPTY));
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Early").play();
      peer.expect("HEADERS 1 END_STREAM :status=200 content-type=application/grpc grpc-status=10");
      peer.expect("RST_STREAM 1 NO_ERROR");
      peer.message(1, true, 100).play().expectQuiet(); // was under way
    }
  }

  @Test
  void drainWarnsThenNamesTheLastStreamThenEnds() throws Exception {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Bidi").play().expectSoon("HEADERS 1");
      server.drain();
      peer.expect("GOAWAY 2147483647 NO_ERROR");
      String ping = peer.next();
      assertTrue(ping.startsWith("PING "), ping);
      long opaque = Long.parseLong(ping.substring(5), 16);
      peer.request(3, false, "/t.Echo/Bidi")
          .play()
          .expect("HEADERS 3 :status=200"); // was under way
      peer.ping(opaque, true).play().expect("GOAWAY 3 NO_ERROR");
      peer.request(5, false, "/t.Echo/Bidi")
          .message(5, true, 1)
          .play()
          .expectQuiet(); // passed over
      peer.data(1, true).play().expectSoon("HEADERS 1 END_STREAM grpc-status=0");
      peer.data(3, true).play();
      peer.expectSoon("HEADERS 3 END_STREAM grpc-status=0");
      peer.expect("EOF");
    }
    assertTrue(server.awaitClosed(Duration.ofSeconds(10)));
  }

  @Test
  void aClientThatSaysNothingIsNotWaitedForForever() throws Exception {
    try (var silent = MockPeer.connect(server.localAddress());
        var half = MockPeer.connect(server.localAddress());
        var whole = client()) {
      silent.expect("SETTINGS");
      half.preface().play().expect("SETTINGS");
      time.advance(HANDSHAKE_TIMEOUT);
      for (var peer : List.of(silent, half)) {
        peer.expect("WINDOW_UPDATE 0").expect("EOF");
      }
      expectAnswer(whole, 1);
    }
  }

  @Test
  void drainWaitsFiveSecondsForTheAnswerToItsPing() throws Exception {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Bidi").play().expectSoon("HEADERS 1");
      server.drain();
      peer.expect("GOAWAY 2147483647 NO_ERROR").expect("PING ").expectQuiet();
      time.advance(Duration.ofSeconds(5));
      peer.expect("GOAWAY 1 NO_ERROR").data(1, true).play();
      peer.expectSoon("HEADERS 1 END_STREAM grpc-status=0");
      peer.expect("EOF");
    }
  }
}
