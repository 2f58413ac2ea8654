package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.StatusCode;
import grpc.transport.nio.frame.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server refuses of requests; the connection lives. */
class ServerRefusalTest extends ServerWire {
  private static final String USUAL =
      ":method=POST|:scheme=http|:path=/t.Echo/Unary|:authority=a|te=trailers"
          + "|content-type=application/grpc";

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          :path=/t.Echo/Unary,           :path=t.Echo/Unary,            :status=200 .*grpc-status=12
          :path=/t.Echo/Unary,           :path=/t.Echo,                 :status=200 .*grpc-status=12
          :path=/t.Echo/Unary,           :path=/t.Echo/,                :status=200 .*grpc-status=12
          :path=/t.Echo/Unary,           :path=/t.Echo/None,            :status=200 .*grpc-status=12
          te=trailers,                   host=a|host=b,                 :status=400 .*grpc-status=13
          te=trailers,                   grpc-timeout=,                 :status=400 .*grpc-status=13
          te=trailers,                   grpc-timeout=5,                :status=400 .*grpc-status=13
          te=trailers,                   grpc-timeout=|grpc-timeout=1S, :status=400 .*grpc-status=13
          te=trailers,                   grpc-timeout=123456789S,       :status=400 .*grpc-status=13
          te=trailers,                   grpc-timeout=1x,               :status=400 .*grpc-status=13
          te=trailers,                   grpc-timeout=-1S,              :status=400 .*grpc-status=13
          te=trailers,                   x-bin=***,                     :status=400 .*grpc-status=13
          """)
  void isDeclinedWithStatus(String field, String instead, String answer) throws IOException {
    try (var peer = client()) {
      peer.headers(1, true, fields(field, instead)).play();
      String line = peer.expectSoon("HEADERS 1 END_STREAM ");
      assertTrue(line.matches(".* " + answer + ".*"), line);
      peer.headers(3, false, fields(field, instead)).play(); // its end is not waited for
      peer.expectSoon("HEADERS 3 END_STREAM ");
      peer.expectSoon("RST_STREAM 3 NO_ERROR");
      peer.message(3, true, 1);
      expectAnswer(peer, 5);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          :scheme=http,       :scheme=http|:scheme=http
          :method=POST|,      ''
          :scheme=http|,      ''
          :path=/t.Echo/Unary|, ''
          :path=/t.Echo/Unary,:path=
          :authority=a|te=trailers,te=trailers|:authority=a
          :authority=a,       :authority=a|:status=200
          :authority=a,       :authority=a|:x=1
          te=trailers,        connection=close
          te=trailers,        transfer-encoding=chunked
          te=trailers,        te=gzip
          te=trailers,        X-Upper=1
          """)
  void isMalformed(String field, String instead) throws IOException {
    try (var peer = client()) {
      peer.headers(1, true, fields(field, instead)).play();
      peer.expectSoon("RST_STREAM 1 PROTOCOL_ERROR");
      expectAnswer(peer, 3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          :authority=a|te=trailers, te=trailers|host=a
          content-type=application/grpc, content-type=application/grpc+proto
          content-type=application/grpc, content-type=application/grpc;charset=utf-8
          te=trailers,        grpc-timeout=99999999H
          te=trailers,        x-text=ÿ
          te=trailers,        x-bin=AAAA|x-bin=AA==
          te=trailers,        'x-bin=AAAA,AA'
          """)
  void isAccepted(String field, String instead) throws IOException {
    try (var peer = client()) {
      peer.headers(1, false, fields(field, instead)).message(1, true, 0).play();
      peer.expectSoon("HEADERS 1 :status=200");
      peer.expectSoon("DATA 1 5");
      peer.expectSoon("HEADERS 1 END_STREAM grpc-status=0");
    }
  }

  @Test
  void binaryValuesMayBePaddedOrNotAndInLists() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Unary", "x-bin", "AAAA,AA==,AQ", "x-bin", "Ag==");
      peer.message(1, true, 0).play();
      String line = peer.expectSoon("HEADERS 1 :status=200"); // which echoes them
      assertTrue(line.endsWith(" x-bin=AAAA x-bin=AA x-bin=AQ x-bin=Ag"), line);
    }
  }

  private static String[] fields(String field, String instead) {
    var fields = new ArrayList<String>();
    for (String one : USUAL.replace(field, instead).split("\\|", -1)) {
      int equals = one.indexOf('=');
      if (equals > 0) {
        fields.add(one.substring(0, equals));
        fields.add(one.substring(equals + 1));
      }
    }
    return fields.toArray(new String[0]);
  }

  @Test
  void headerListOverTheLimitIsDeclinedAndTheConnectionLives() throws IOException {
    try (var peer = client()) {
      peer.request(1, true, "/t.Echo/Unary", "x-large", "x".repeat(9000)).play();
      assertTrue(peer.expectSoon("HEADERS 1 END_STREAM :status=431").contains("grpc-status=8"));
      expectAnswer(peer, 3);
    }
  }

  @Test
  void moreStreamsThanTheLimitAreRefused() throws IOException {
    try (var peer = client()) {
      for (int i = 0; i <= MAX_STREAMS; i++) {
        peer.request(2 * i + 1, false, "/t.Echo/Collect");
      }
      peer.play().expect("RST_STREAM " + (2 * MAX_STREAMS + 1) + " REFUSED_STREAM");
      peer.data(1, true).play();
      peer.expectSoon("HEADERS 1 :status=200");
      peer.expectSoon("DATA 1 9");
      peer.expectSoon("HEADERS 1 END_STREAM grpc-status=0");
      expectAnswer(peer, 2 * MAX_STREAMS + 3);
    }
  }

  @Test
  void aHundredDeclinedRequestsDoNotStopTheConnection() throws IOException {
    try (var peer = client()) {
      for (int i = 0; i < 500; i++) {
        peer.headers(2 * i + 1, true, fields("/t.Echo/Unary", "none"));
        peer.play().expectSoon("HEADERS " + (2 * i + 1) + " END_STREAM :status=200");
      }
      expectAnswer(peer, 1001);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0200000000,   grpc-status=13", // flag 2
    "0000400001,   grpc-status=8", // 4 MiB and a byte
    "00ffffffff,   grpc-status=8",
    "000000000500, grpc-status=13", // ends in a message
    "0000,         grpc-status=13" // ends in a prefix
  })
  void whatIsNoMessageEndsTheCall(String hex, String status) throws IOException {
    try (var peer = client()) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      peer.request(1, false, "/t.Echo/Unary").data(1, true, bytes).play();
      String line = peer.expectSoon("HEADERS 1 END_STREAM :status=200");
      assertTrue(line.contains(status), line);
      expectAnswer(peer, 3);
    }
  }

  @Test
  void resetIsHeardByTheHandler() throws Exception {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Bidi").message(1, false, 1).play();
      peer.expectSoon("HEADERS 1 :status=200");
      peer.expectSoon("DATA 1 6");
      peer.reset(1, ErrorCode.CANCEL).play();
      var status = echo.cancellations().poll(20, TimeUnit.SECONDS);
      assertEquals(StatusCode.CANCELLED, status == null ? null : status.code());
      expectAnswer(peer, 3);
    }
  }

  @Test
  void endOfInputCancelsCalls() throws Exception {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Bidi").message(1, false, 1).play();
      peer.expectSoon("HEADERS 1 :status=200");
      peer.playLast();
      var status = echo.cancellations().poll(20, TimeUnit.SECONDS);
      assertEquals(StatusCode.CANCELLED, status == null ? null : status.code());
    }
  }
}
