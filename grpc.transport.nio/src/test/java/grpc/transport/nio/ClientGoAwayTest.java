package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.StatusCode;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.ErrorCode;
import org.junit.jupiter.api.Test;

/** Servers that go away. */
class ClientGoAwayTest extends ClientWire {
  @Test
  void goAwayFailsWhatIsBeyondItAndLetsTheRestEnd() throws Exception {
    try (var peer = server()) {
      ClientStream first = unary();
      ClientStream second = unary();
      expectUnary(peer, 1);
      expectUnary(peer, 3);
      peer.goAway(1, ErrorCode.NO_ERROR, "bye").play();
      assertEquals(Progress.UNPROCESSED, second.end().progress());
      assertCode(StatusCode.UNAVAILABLE, second.end());
      assertTrue(client.awaitDraining().message().contains("bye"));
      assertEquals(Progress.NOT_SENT, unary().end().progress());
      peer.headers(1, true, headers("grpc-status", "0")).play();
      assertCode(StatusCode.OK, first.end());
      peer.expectSoon("GOAWAY 0 NO_ERROR");
      peer.expect("EOF");
    }
    client.awaitClosed();
  }

  @Test
  void gracefulGoAwayComesTwice() throws Exception {
    try (var peer = server()) {
      ClientStream first = unary();
      ClientStream second = unary();
      expectUnary(peer, 1);
      expectUnary(peer, 3);
      peer.goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR, "").ping(5, false).play();
      peer.expect("PING ACK 5").goAway(1, ErrorCode.NO_ERROR, "").play();
      assertEquals(Progress.UNPROCESSED, second.end().progress());
      peer.headers(1, true, headers("grpc-status", "0")).play();
      assertCode(StatusCode.OK, first.end());
      peer.expectSoon("GOAWAY 0 NO_ERROR");
    }
  }

  @Test
  void aGoAwayThatTakesBackIsAnError() throws Exception {
    try (var peer = server()) {
      unary();
      expectUnary(peer, 1);
      peer.goAway(1, ErrorCode.NO_ERROR, "").goAway(3, ErrorCode.NO_ERROR, "").play();
      peer.expectSoon("GOAWAY 0 PROTOCOL_ERROR");
    }
  }

  @Test
  void callsThatWaitForAStreamFailWithGoAway() throws Exception {
    try (var peer = server(MAX_STREAMS, 1)) {
      ClientStream first = unary();
      ClientStream waiting = unary();
      expectUnary(peer, 1);
      peer.goAway(1, ErrorCode.NO_ERROR, "").play();
      assertEquals(Progress.NOT_SENT, waiting.end().progress());
      peer.headers(1, true, headers("grpc-status", "0")).play();
      assertCode(StatusCode.OK, first.end());
    }
  }

  @Test
  void aServerThatClosesAfterAnErrorIsQuoted() throws Exception {
    ClientStream call;
    try (var peer = server()) {
      call = unary();
      expectUnary(peer, 1);
      peer.goAway(1, ErrorCode.ENHANCE_YOUR_CALM, "too_many_pings").play();
    }
    assertCode(StatusCode.UNAVAILABLE, call.end());
    String message = call.end().status().message();
    assertTrue(message.contains("closed the connection"), message);
    assertTrue(message.contains("ENHANCE_YOUR_CALM: too_many_pings"), message);
  }
}
