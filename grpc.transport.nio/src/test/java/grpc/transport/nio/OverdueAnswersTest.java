package grpc.transport.nio;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Answers that a client does not take while it still waits, by its own word. */
class OverdueAnswersTest extends ServerWire {
  private static final int INITIAL_WINDOW_SIZE = 4;

  @Test
  void areDroppedOnceTheTimeIsOverThatTheClientHadGiven() throws Exception {
    echo.onTake();
    try (var peer = client(INITIAL_WINDOW_SIZE, 0)) {
      peer.request(1, false, "/t.Echo/Unary", "grpc-timeout", "5S").message(1, true, 100);
      peer.request(3, false, "/t.Echo/Unary").message(3, true, 100).play(); // has time without end
      peer.expectSoon("HEADERS");
      peer.expectSoon("HEADERS");
      peer.request(5, false, "/t.Echo/Take", "grpc-timeout", "5S").play(); // its handler still runs
      time.advance(Duration.ofSeconds(4));
      peer.expectQuiet();
      time.advance(Duration.ofSeconds(2));
      peer.expect("RST_STREAM 1 CANCEL").expectQuiet();
      peer.windowUpdate(3, 200).play();
      peer.expect("DATA 3 105").expect("HEADERS 3 END_STREAM grpc-status=0");
    }
  }
}
