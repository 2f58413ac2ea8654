package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Flags;
import grpc.transport.nio.frame.FrameType;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HEADERS on streams that are gone (RFC 9113 §5.1, half-closed and closed). */
class LateTrailersTest extends ServerWire {
  private static final String ABORTED = "HEADERS 1 END_STREAM :status=200";
  private static final String[] TRAILERS = {"x-late", "1"};

  @BeforeEach
  void answerEarly() {
    echo.on(
        "/t.Echo/Early",
        Dispatch.AT_HEADERS,
        stream -> stream.close(Status.of(StatusCode.ABORTED, "no"), Metadata.EMPTY));
  }

  private MockPeer answeredEarly() throws IOException {
    var peer = client();
    peer.request(1, false, "/t.Echo/Early").play().expect(ABORTED);
    return peer.expect("RST_STREAM 1 NO_ERROR");
  }

  private static void expectGoAway(MockPeer peer) throws IOException {
    String line = peer.play().expectSoon("GOAWAY");
    assertTrue(line.contains(" PROTOCOL_ERROR: HEADERS on stream"), line);
  }

  @Test
  void trailersBehindAnEarlyAnswerArePassedOverOnce() throws IOException {
    try (var peer = answeredEarly()) {
      peer.headers(1, true, TRAILERS).play().expectQuiet();
      expectAnswer(peer, 3);
      expectGoAway(peer.headers(1, true, TRAILERS));
    }
  }

  @Test
  void trailersOfAStreamThatWasResetArePassedOver() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Unary").windowUpdate(1, 0).play();
      peer.expect("RST_STREAM 1 PROTOCOL_ERROR");
      peer.headers(1, true, TRAILERS).play().expectQuiet();
      expectAnswer(peer, 3);
    }
  }

  @Test
  void trailersOfRequestsThatWereRefusedArePassedOver() throws IOException {
    try (var peer = client()) {
      peer.headers(1, false, ":method", "POST").play().expect("RST_STREAM 1 PROTOCOL_ERROR");
      peer.headers(3, false, FrameScript.requestFields("/t.Echo/Unary", "grpc-timeout", "x"))
          .play();
      peer.expect("HEADERS 3 END_STREAM :status=400").expect("RST_STREAM 3 NO_ERROR");
      for (int stream = 5; stream < 5 + 2 * MAX_STREAMS; stream += 2) {
        peer.request(stream, false, "/t.Echo/Unary");
      }
      int refused = 5 + 2 * MAX_STREAMS;
      peer.request(refused, false, "/t.Echo/Unary").play();
      peer.expect("RST_STREAM " + refused + " REFUSED_STREAM");
      peer.headers(1, true, TRAILERS).headers(3, true, TRAILERS).headers(refused, true, TRAILERS);
      peer.play().expectQuiet();
    }
  }

  @Test
  void fieldsOfLateTrailersEnterTheTable() throws IOException {
    try (var peer = answeredEarly()) {
      // a table of 4,096 bytes, in which x-late: y is put (RFC 7541 §6.3, §6.2.1)
      byte[] late = {0x3F, (byte) 0xE1, 0x1F, 0x40, 6, 'x', '-', 'l', 'a', 't', 'e', 1, 'y'};
      peer.frame(FrameType.HEADERS.code(), Flags.END_HEADERS | Flags.END_STREAM, 1, late);
      byte[] request = peer.block(FrameScript.requestFields("/t.Echo/Unary"));
      byte[] more = Arrays.copyOf(request, request.length + 1);
      more[request.length] = (byte) (0x80 | 62); // the newest field
      peer.frame(FrameType.HEADERS.code(), Flags.END_HEADERS, 3, more).message(3, true, 1).play();
      String line = peer.expectSoon("HEADERS 3 :status=200");
      assertTrue(line.contains("x-late=y"), line);
    }
  }

  @Test
  void headersBehindTheClientsOwnEndBreakTheProtocol() throws IOException {
    try (var peer = client()) {
      expectAnswer(peer, 1);
      expectGoAway(peer.headers(1, true, TRAILERS));
    }
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Unary").reset(1, ErrorCode.CANCEL);
      expectGoAway(peer.headers(1, true, TRAILERS));
    }
    try (var peer = answeredEarly()) {
      expectGoAway(peer.message(1, true, 1).headers(1, true, TRAILERS));
    }
    try (var peer = answeredEarly()) {
      expectGoAway(peer.reset(1, ErrorCode.CANCEL).headers(1, true, TRAILERS));
    }
  }
}
