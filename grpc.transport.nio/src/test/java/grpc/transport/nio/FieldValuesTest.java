package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no field may have (RFC 9113 §8.2.1), and {@code content-length} (§8.1.1). */
class FieldValuesTest extends ServerWire {
  @ParameterizedTest
  @ValueSource(strings = {" a", "a ", "\ta", "a\t", " ", "a\rb", "a\nb", "a\0b", "\n"})
  void areMalformedWhereverTheyStand(String value) throws IOException {
    try (var peer = client()) {
      peer.request(1, true, "/t.Echo/Unary", "x-text", value).play();
      peer.expectSoon("RST_STREAM 1 PROTOCOL_ERROR");
      peer.request(3, true, "/t.Echo/Unary", "user-agent", value).play();
      peer.expectSoon("RST_STREAM 3 PROTOCOL_ERROR");
      peer.request(5, true, value).play();
      peer.expectSoon("RST_STREAM 5 PROTOCOL_ERROR");
      peer.request(7, false, "/t.Echo/Unary").headers(7, true, "x-text", value).play();
      peer.expectSoon("RST_STREAM 7 PROTOCOL_ERROR");
      expectAnswer(peer, 9);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "9", "8,8", "x", "-8", "", "8 8", "99999999999999999999"})
  void aContentLengthThatDataContradictsIsMalformed(String length) throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Unary", "content-length", length).message(1, true, 3).play();
      peer.expectSoon("RST_STREAM 1 PROTOCOL_ERROR");
      peer.request(3, false, "/t.Echo/Collect", "content-length", length);
      peer.data(3, false, new byte[4]).play(); // frame by frame, and trailers at the end
      peer.data(3, false, new byte[4]).headers(3, true, "x-end", "1").play();
      peer.expectSoon("RST_STREAM 3 PROTOCOL_ERROR");
      expectAnswer(peer, 5);
    }
  }

  @Test
  void aContentLengthThatHoldsIsPassedOver() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Unary", "content-length", "8", "content-length", "8");
      peer.message(1, true, 3).play();
      peer.expectSoon(OK_HEADERS);
      peer.expect("DATA 1 8").expect(OK_TRAILERS);
      peer.request(3, true, "/t.Echo/Collect", "content-length", "0").play();
      peer.expectSoon("HEADERS 3 :status=200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no such thing ", " none", " ", "\tx\n", "a  b", "  "})
  void aStatusMessageWithSpaceAtItsEndsIsEncodedThere(String message) throws IOException {
    echo.on(
        "/t.Echo/Fail",
        Dispatch.WHEN_WHOLE,
        stream -> stream.close(Status.notFound(message), Metadata.EMPTY));
    try (var peer = client()) {
      peer.request(1, true, "/t.Echo/Fail").play();
      String line = peer.expectSoon("HEADERS 1 END_STREAM :status=200");
      String sent = line.substring(line.indexOf("grpc-message=") + "grpc-message=".length());
      assertTrue(!sent.isEmpty() && sent.equals(sent.strip()), line);
    }
  }
}
