package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.ErrorCode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server answers, and the statuses that come of it. */
class ClientAnswersTest extends ClientWire {
  @Test
  void cancelAfterTheEndLosesNoMessage() throws Exception {
    try (var peer = server()) {
      ClientStream call = unary();
      expectUnary(peer, 1);
      peer.headers(1, false, headers()).message(1, false, 2);
      peer.headers(1, true, "grpc-status", "0").play();
      assertCode(StatusCode.OK, call.end());
      call.cancel(Status.deadlineExceeded("a moment too late"));
      assertEquals(2, call.receive().orElseThrow().payload().remaining());
      assertCode(StatusCode.OK, call.end());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, INTERNAL",
    "401, UNAUTHENTICATED",
    "403, PERMISSION_DENIED",
    "404, UNIMPLEMENTED",
    "429, UNAVAILABLE",
    "431, INTERNAL",
    "500, UNKNOWN",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, UNAVAILABLE",
    "200, UNKNOWN",
    "302, UNKNOWN"
  })
  void httpStatusStandsInForAMissingGrpcStatus(String http, StatusCode code) throws Exception {
    try (var peer = server()) {
      ClientStream whole = unary();
      expectUnary(peer, 1);
      peer.headers(1, true, ":status", http, "content-type", "text/html").play();
      assertCode(code, whole.end());
      ClientStream open = unary();
      expectUnary(peer, 3);
      peer.headers(3, false, ":status", http, "content-type", "text/html").play();
      assertCode(code, open.end());
      peer.expectSoon("RST_STREAM 3 CANCEL");
      ClientStream told = unary();
      expectUnary(peer, 5);
      peer.headers(5, true, ":status", http, "grpc-status", "5").play();
      assertCode(StatusCode.NOT_FOUND, told.end());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NO_ERROR, INTERNAL, PROCESSED",
    "PROTOCOL_ERROR, INTERNAL, PROCESSED",
    "INTERNAL_ERROR, INTERNAL, PROCESSED",
    "FLOW_CONTROL_ERROR, INTERNAL, PROCESSED",
    "SETTINGS_TIMEOUT, INTERNAL, PROCESSED",
    "FRAME_SIZE_ERROR, INTERNAL, PROCESSED",
    "COMPRESSION_ERROR, INTERNAL, PROCESSED",
    "CONNECT_ERROR, INTERNAL, PROCESSED",
    "REFUSED_STREAM, UNAVAILABLE, UNPROCESSED",
    "CANCEL, CANCELLED, PROCESSED",
    "ENHANCE_YOUR_CALM, RESOURCE_EXHAUSTED, PROCESSED",
    "INADEQUATE_SECURITY, PERMISSION_DENIED, PROCESSED"
  })
  void resetBecomesAStatus(ErrorCode error, StatusCode code, Progress progress) throws Exception {
    try (var peer = server()) {
      ClientStream call = unary();
      expectUnary(peer, 1);
      peer.reset(1, error).play();
      assertCode(code, call.end());
      assertEquals(progress, call.end().progress());
      assertAnswered(peer, 3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "abc, UNKNOWN",
    "99, UNKNOWN",
    "1234567890, UNKNOWN",
    "-1, UNKNOWN",
    "7, PERMISSION_DENIED"
  })
  void grpcStatusIsANumber(String value, StatusCode code) throws Exception {
    try (var peer = server()) {
      ClientStream call = unary();
      expectUnary(peer, 1);
      peer.headers(1, true, headers("grpc-status", value)).play();
      assertCode(code, call.end());
    }
  }

  @Test
  void informationalHeadersArePassedOver() throws Exception {
    try (var peer = server()) {
      ClientStream call = unary();
      expectUnary(peer, 1);
      peer.headers(1, false, ":status", "100");
      peer.headers(1, false, ":status", "103", "content-length", "0");
      peer.headers(1, false, headers()).message(1, false, 1).headers(1, true, "grpc-status", "0");
      peer.play();
      assertEquals(1, call.receive().orElseThrow().payload().remaining());
      assertCode(StatusCode.OK, call.end());
      ClientStream wrong = unary();
      expectUnary(peer, 3);
      peer.headers(3, true, ":status", "100").play();
      assertCode(StatusCode.INTERNAL, wrong.end());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "':status is missing', content-type=application/grpc",
    "':status is empty', ':status= content-type=application/grpc'",
    "':status twice', ':status=200 :status=200 content-type=application/grpc'",
    "':status after a regular field', 'content-type=application/grpc :status=200'",
    "'field name \":path\"', ':status=200 :path=/ content-type=application/grpc'",
    "'field name \"X-Upper\"', ':status=200 content-type=application/grpc X-Upper=1'",
    "'field name \"a\tb\"', ':status=200 content-type=application/grpc a\tb=1'",
    "'connection-specific field connection',"
        + " ':status=200 content-type=application/grpc connection=close'"
  })
  void malformedHeadersEndTheCall(String reason, String fields) throws Exception {
    try (var peer = server()) {
      for (int stream = 1; stream <= 3; stream += 2) { // first the headers, then Trailers-Only
        ClientStream call = unary();
        expectUnary(peer, stream);
        peer.headers(stream, stream == 3, fields(fields + (stream == 3 ? " grpc-status=0" : "")));
        peer.play();
        assertMalformed(reason, call);
        peer.expectSoon("RST_STREAM " + stream + " PROTOCOL_ERROR");
      }
      assertAnswered(peer, 5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a pseudo-field in trailers, ':status=200 grpc-status=0'",
    "':status after a regular field', 'grpc-status=0 :status=200'",
    "'field name \"X-Upper\"', 'grpc-status=0 X-Upper=1'",
    "connection-specific field upgrade, 'grpc-status=0 upgrade=h2c'"
  })
  void malformedTrailersEndTheCall(String reason, String fields) throws Exception {
    try (var peer = server()) {
      ClientStream call = unary();
      expectUnary(peer, 1);
      peer.headers(1, false, headers()).message(1, false, 1);
      peer.headers(1, true, fields(fields)).play();
      assertMalformed(reason, call);
      peer.expectSoon("RST_STREAM 1 PROTOCOL_ERROR");
      assertAnswered(peer, 3);
    }
  }

  /** {@return names and values in turn} */
  private static String[] fields(String text) {
    return Arrays.stream(text.split(" "))
        .flatMap(f -> Stream.of(f.split("=", -1)))
        .toArray(String[]::new);
  }

  private static void assertMalformed(String reason, ClientStream call) throws Exception {
    assertCode(StatusCode.INTERNAL, call.end());
    assertEquals("HTTP/2 PROTOCOL_ERROR: " + reason, call.end().status().message());
  }

  @Test
  void dataBeforeHeadersEndsTheCall() throws Exception {
    try (var peer = server()) {
      ClientStream early = unary();
      expectUnary(peer, 1);
      peer.message(1, false, 1).play();
      assertCode(StatusCode.INTERNAL, early.end());
      assertEquals("HTTP/2 PROTOCOL_ERROR: DATA before HEADERS", early.end().status().message());
      peer.expectSoon("RST_STREAM 1 PROTOCOL_ERROR");
      ClientStream informed = unary();
      expectUnary(peer, 3);
      peer.headers(3, false, ":status", "103").message(3, true, 1).play();
      assertCode(StatusCode.INTERNAL, informed.end());
      peer.expectSoon("RST_STREAM 3 PROTOCOL_ERROR");
      ClientStream large = unary(); // its headers were, too, but nobody keeps them
      expectUnary(peer, 5);
      peer.headers(5, false, headers("x-large", "x".repeat(9000))).message(5, false, 1);
      peer.headers(5, true, "grpc-status", "0").play();
      assertCode(StatusCode.RESOURCE_EXHAUSTED, large.end());
      assertAnswered(peer, 7);
    }
  }

  @Test
  void anEndThatIsNoneIsInternal() throws Exception {
    try (var peer = server()) {
      ClientStream data = unary();
      expectUnary(peer, 1);
      peer.headers(1, false, headers()).message(1, true, 1).play();
      assertCode(StatusCode.INTERNAL, data.end());
      ClientStream twice = unary();
      expectUnary(peer, 3);
      peer.headers(3, false, headers()).headers(3, false, headers()).play();
      assertCode(StatusCode.INTERNAL, twice.end());
      peer.expectSoon("RST_STREAM 3 PROTOCOL_ERROR");
      ClientStream half = unary();
      expectUnary(peer, 5);
      peer.headers(5, false, headers()).data(5, false, new byte[3]);
      peer.headers(5, true, "grpc-status", "0").play();
      assertCode(StatusCode.INTERNAL, half.end());
      assertAnswered(peer, 7);
    }
  }

  @Test
  void answersThatAreTooLargeEndTheCallOnly() throws Exception {
    try (var peer = server()) {
      ClientStream message = unary();
      expectUnary(peer, 1);
      byte[] prefix = {0, 0, 0x40, 0, 1};
      peer.headers(1, false, headers()).data(1, false, prefix).play();
      assertCode(StatusCode.RESOURCE_EXHAUSTED, message.end());
      peer.expectSoon("RST_STREAM 1 CANCEL");
      ClientStream list = unary();
      expectUnary(peer, 3);
      peer.headers(3, false, headers("x-large", "x".repeat(9000))).play();
      assertCode(StatusCode.RESOURCE_EXHAUSTED, list.end());
      peer.expectSoon("RST_STREAM 3 CANCEL");
      assertAnswered(peer, 5);
    }
  }

  @Test
  void messagesMayComeInSingleBytesButNotInEmptyFramesWithoutEnd() throws Exception {
    try (var peer = server()) {
      ClientStream call = unary();
      expectUnary(peer, 1);
      peer.headers(1, false, headers());
      for (byte b : FrameScript.prefixed(5_000)) {
        peer.data(1, false, b);
      }
      peer.headers(1, true, "grpc-status", "0").play();
      assertEquals(5_000, call.receive().orElseThrow().payload().remaining());
      assertCode(StatusCode.OK, call.end());
      ClientStream endless = unary();
      expectUnary(peer, 3);
      peer.headers(3, false, headers());
      for (int i = 0; i < 2_000; i++) {
        peer.data(3, false);
      }
      peer.play();
      peer.expectSoon("GOAWAY 0 ENHANCE_YOUR_CALM: DATA in tiny pieces");
      assertCode(StatusCode.UNAVAILABLE, endless.end());
    }
  }
}
