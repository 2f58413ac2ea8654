package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import grpc.api.StatusCode;
import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.ServerTransportOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections that are idle or old (gRFC A9). */
class ConnectionAgeTest extends ServerWire {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofMinutes(4);
  private static final Duration AGE = Duration.ofMinutes(60);
  private static final Duration GRACE = Duration.ofMinutes(1);

  @Override
  ServerTransportOptions options() {
    return options(
        Keepalive.SERVER_DEFAULT,
        ANY_PINGS,
        ConnectionAge.UNLIMITED.withMaxIdle(IDLE).withMaxAge(AGE).withGrace(GRACE));
  }

  private void pass(Duration duration) throws IOException, InterruptedException {
    for (long ticks = duration.dividedBy(TICK); ticks > 0; ticks--) {
      time.advance(TICK); // so that every timer runs at its moment
    }
  }

  private static void expectGracefulEnd(MockPeer peer, int last, String why) throws IOException {
    peer.expectSoon("GOAWAY 2147483647 NO_ERROR: " + why);
    String ping = peer.next();
    assertEquals("PING 74656e6f6e676f21", ping);
    peer.ping(0x7465_6e6f_6e67_6f21L, true).play();
    peer.expect("GOAWAY " + last + " NO_ERROR: " + why);
  }

  @Test
  void aConnectionWithoutCallsIsEnded() throws Exception {
    try (var peer = client()) {
      pass(IDLE.minus(TICK));
      peer.expectQuiet();
      pass(TICK);
      expectGracefulEnd(peer, 0, "max_idle");
      peer.expect("EOF");
    }
  }

  @Test
  void callsKeepItOpenWhetherTheyRunOrHaveEnded() throws Exception {
    try (var peer = client()) {
      for (int i = 0; i < 4; i++) {
        expectAnswer(peer, 2 * i + 1);
        pass(IDLE.minus(TICK));
        peer.expectQuiet();
      }
      peer.request(9, false, "/t.Echo/Collect").play().expectQuiet(); // the server has seen it
      pass(IDLE.multipliedBy(3));
      peer.expectQuiet().message(9, true, 1).play();
      peer.expectSoon("HEADERS 9 :status=200");
      peer.expectSoon("DATA 9 9");
      peer.expectSoon("HEADERS 9 END_STREAM grpc-status=0");
      pass(IDLE.minus(TICK));
      peer.expectQuiet();
      pass(IDLE.dividedBy(4).plus(TICK));
      expectGracefulEnd(peer, 9, "max_idle");
      peer.expect("EOF");
    }
  }

  @Test
  void anOldConnectionEndsWhenItsCallsAreAnswered() throws Exception {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Collect").play().expectQuiet();
      pass(AGE.multipliedBy(9).dividedBy(10).minus(TICK));
      peer.expectQuiet();
      time.advance(AGE.dividedBy(5).plus(TICK));
      expectGracefulEnd(peer, 1, "max_age");
      time.advance(GRACE.minus(TICK));
      peer.message(1, true, 1).play().expect("HEADERS 1 :status=200");
      peer.expectSoon("DATA 1 9");
      peer.expectSoon("HEADERS 1 END_STREAM grpc-status=0");
      peer.expect("EOF");
    }
  }

  @Test
  void callsThatOutlastTheGraceAreCancelled() throws Exception {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Collect").play().expectQuiet();
      time.advance(AGE.multipliedBy(11).dividedBy(10));
      expectGracefulEnd(peer, 1, "max_age");
      time.advance(GRACE);
      peer.expect("EOF");
      var reason = echo.cancellations().poll(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertNotNull(reason);
      assertEquals(StatusCode.CANCELLED, reason.code());
    }
  }
}
