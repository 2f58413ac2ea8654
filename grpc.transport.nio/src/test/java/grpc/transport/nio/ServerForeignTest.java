package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are no gRPC: what browsers and curl get, and the states of their streams. */
class ServerForeignTest extends ServerWire {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static String[] request(String method, String contentType) {
    return new String[] {
      ":method",
      method,
      ":scheme",
      "http",
      ":path",
      "/",
      ":authority",
      "a",
      "content-type",
      contentType
    };
  }

  private static void expectText(MockPeer peer, int stream, String beginning) throws IOException {
    peer.expectSoon("DATA " + stream + " ");
    String text = new String(peer.payload(), StandardCharsets.US_ASCII);
    assertTrue(text.startsWith(beginning), text);
    assertTrue(text.contains("a gRPC server listens here"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,     text/html,         405, allow=POST",
    "PUT,     application/grpc,  405, allow=POST",
    "OPTIONS, application/grpc,  405, allow=POST",
    "POST,    text/html,         415, accept-post=application/grpc",
    "POST,    application/grpcx, 415, accept-post=application/grpc",
    "POST,    application/json,  415, accept-post=application/grpc"
  })
  void isAnsweredInWords(String method, String contentType, int status, String hint)
      throws IOException {
    try (var peer = client()) {
      peer.headers(1, true, request(method, contentType)).play();
      String line = peer.expectSoon("HEADERS 1 :status=" + status + " content-type=text/plain");
      assertTrue(line.endsWith(hint), line);
      int length = Integer.parseInt(line.replaceAll(".*content-length=([0-9]+) .*", "$1"));
      expectText(peer, 1, Integer.toString(status));
      assertEquals(length, peer.payload().length);
      expectAnswer(peer, 3);
    }
  }

  @Test
  void aTunnelIsNotAllowed() throws IOException { // RFC 9113 §8.5: it has no :scheme and no :path
    try (var peer = client()) {
      peer.headers(1, false, ":method", "CONNECT", ":authority", "a:1").data(1, true).play();
      peer.expectSoon("HEADERS 1 :status=405");
      expectText(peer, 1, "405");
      expectAnswer(peer, 3);
    }
  }

  @Test
  void headGetsNoBody() throws IOException {
    try (var peer = client()) {
      peer.headers(1, true, request("HEAD", "text/html")).play();
      peer.expectSoon("HEADERS 1 END_STREAM :status=405");
      expectAnswer(peer, 3);
    }
  }

  @Test
  void itsEndIsWaitedForAndWhatItHoldsIsPassedOver() throws IOException {
    try (var peer = client()) {
      peer.headers(1, false, request("POST", "text/html")).data(1, false, new byte[100]).play();
      peer.expectQuiet();
      peer.data(1, true, new byte[7]).play().expectSoon("HEADERS 1 :status=415");
      expectText(peer, 1, "415");
      expectAnswer(peer, 3);
    }
  }

  @Test
  void aRequestWithoutEndIsAnsweredSoon() throws Exception {
    try (var peer = client()) {
      peer.headers(1, false, request("POST", "text/html")).play().expectQuiet();
      time.advance(PATIENCE);
      peer.expectSoon("HEADERS 1 :status=415");
      expectText(peer, 1, "415");
      peer.expectSoon("RST_STREAM 1 NO_ERROR");
      peer.data(1, true, new byte[7]).play(); // was under way
      expectAnswer(peer, 3);
    }
  }

  @Test
  void theTextKeepsToTheWindow() throws IOException {
    try (var peer = client(Settings.INITIAL_WINDOW_SIZE, 1)) {
      peer.headers(1, true, request("GET", "text/html")).play();
      peer.expectSoon("HEADERS 1 :status=405");
      peer.expect("DATA 1 1").expectQuiet();
      peer.windowUpdate(1, 1000).play().expectSoon("DATA 1 ");
    }
  }

  @Test
  void streamsThatWaitForAWindowCountAgainstTheLimit() throws IOException {
    try (var peer = client(Settings.INITIAL_WINDOW_SIZE, 0)) {
      for (int i = 0; i < MAX_STREAMS; i++) {
        peer.headers(2 * i + 1, true, request("GET", "text/html")).play();
        peer.expectSoon("HEADERS " + (2 * i + 1) + " :status=405");
      }
      peer.headers(2 * MAX_STREAMS + 1, true, request("GET", "text/html")).play();
      peer.expect("RST_STREAM " + (2 * MAX_STREAMS + 1) + " REFUSED_STREAM");
    }
  }

  @Test
  void dataBehindEndStreamIsAnErrorOfTheStream() throws IOException {
    try (var peer = client()) {
      peer.headers(1, true, request("GET", "text/html")).data(1, false, new byte[3]).play();
      peer.expectSoon("RST_STREAM 1 STREAM_CLOSED");
      expectAnswer(peer, 3);
      peer.data(3, true, new byte[3]).play().expectSoon("RST_STREAM 3 STREAM_CLOSED");
      peer.request(5, false, "/t.Echo/Unary").reset(5, ErrorCode.CANCEL).data(5, true).play();
      peer.expectSoon("RST_STREAM 5 STREAM_CLOSED");
      expectAnswer(peer, 7);
    }
  }
}
