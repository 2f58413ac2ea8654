package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.headers.Timeouts;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients whose streams end by RST_STREAM: rapid reset, MadeYouReset, and those that mean well. */
class ServerResetTest extends ServerWire {
  /** What a full budget lets go: a minute's, and one for each stream that may be open. */
  private static final int BUDGET = 400 + MAX_STREAMS;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private int nextStream = 1;

  private void rapidResets(MockPeer peer, int count) throws IOException {
    for (int i = 0; i < count; i++, nextStream += 2) {
      peer.request(nextStream, false, "/t.Echo/Unary").reset(nextStream, ErrorCode.CANCEL);
    }
    peer.play();
  }

  private void expectAnswer(MockPeer peer) throws IOException {
    expectAnswer(peer, nextStream);
    nextStream += 2;
  }

  private static void expectCalm(MockPeer peer) throws IOException {
    String line = peer.next();
    while (!line.startsWith("GOAWAY")) {
      assertEquals("RST_STREAM", line.split(" ")[0], line);
      line = peer.next();
    }
    assertEquals(
        "ENHANCE_YOUR_CALM: too many streams were reset at once"
            + " (expected: at most 400 a minute, and 4 for each that is answered)",
        line.split(" ", 3)[2]);
  }

  @Test
  void rapidResetEndsTheConnection() throws Exception {
    try (var peer = client()) {
      rapidResets(peer, BUDGET);
      peer.expectQuiet();
      rapidResets(peer, 1);
      expectCalm(peer);
      peer.expect("EOF");
    }
  }

  @Test
  void fourHundredAMinuteArePermitted() throws Exception {
    try (var peer = client()) {
      rapidResets(peer, BUDGET);
      for (int i = 0; i < 3; i++) {
        peer.expectQuiet();
        time.advance(MINUTE);
        rapidResets(peer, 399); // a double's hair below
      }
      expectAnswer(peer);
    }
  }

  @Test
  void whoHasCallsAnsweredMayCancelFourTimesAsMany() throws Exception {
    try (var peer = client()) {
      rapidResets(peer, BUDGET);
      peer.expectQuiet();
      for (int i = 0; i < 300; i++) {
        expectAnswer(peer);
        rapidResets(peer, 4);
      }
      expectAnswer(peer);
      rapidResets(peer, 5);
      expectCalm(peer);
    }
  }

  @Test
  void streamsThatLivedAWhileMayBeReset() throws Exception {
    try (var peer = client()) {
      for (int i = 0; i < BUDGET; i++) {
        for (int n = 0; n < MAX_STREAMS; n++) {
          peer.request(nextStream + 2 * n, false, "/t.Echo/Unary");
        }
        peer.play().expectQuiet();
        time.advance(Duration.ofMillis(100));
        for (int n = 0; n < MAX_STREAMS; n++, nextStream += 2) {
          peer.reset(nextStream, ErrorCode.CANCEL);
        }
        peer.play();
      }
      expectAnswer(peer);
    }
  }

  @Test
  void streamsThatWereAnsweredMayBeReset() throws Exception {
    try (var peer = client()) {
      for (int i = 0; i < 2 * BUDGET; i++, nextStream += 2) {
        peer.request(nextStream, false, "/t.Echo/Bidi").message(nextStream, false, 1).play();
        peer.expectSoon("HEADERS " + nextStream + " :status=200");
        peer.expectSoon("DATA " + nextStream + " 6");
        peer.reset(nextStream, ErrorCode.CANCEL).play();
      }
      expectAnswer(peer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1m", "50m", "99999u"})
  void streamsWhoseTimeIsUpMayBeReset(String timeout) throws Exception {
    var time = Duration.ofNanos(Timeouts.decode(timeout));
    try (var peer = client()) {
      for (int i = 0; i < 2 * BUDGET; i++, nextStream += 2) {
        peer.request(nextStream, false, "/t.Echo/Unary", "grpc-timeout", timeout);
        peer.play().expectQuiet();
        this.time.advance(time.dividedBy(10).multipliedBy(9)); // the request took longer than this
        peer.reset(nextStream, ErrorCode.CANCEL).play().expectQuiet();
      }
      expectAnswer(peer);
    }
  }

  @Test
  void aShortTimeoutIsNoWayAroundTheBudget() throws Exception {
    try (var peer = client()) {
      for (int i = 0; i <= BUDGET; i++, nextStream += 2) {
        peer.request(nextStream, false, "/t.Echo/Unary", "grpc-timeout", "1n");
        peer.reset(nextStream, ErrorCode.CANCEL);
      }
      peer.play();
      expectCalm(peer);
    }
  }

  /** What makes a server reset a stream (CVE-2025-8671). */
  private enum Provocation {
    WINDOW_OVERFLOW {
      @Override
      void play(MockPeer peer, int stream) {
        peer.request(stream, false, "/t.Echo/Unary").windowUpdate(stream, Integer.MAX_VALUE);
      }
    },
    WINDOW_UPDATE_OF_NOTHING {
      @Override
      void play(MockPeer peer, int stream) {
        peer.request(stream, false, "/t.Echo/Unary").windowUpdate(stream, 0);
      }
    },
    SECOND_HEADERS {
      @Override
      void play(MockPeer peer, int stream) {
        peer.request(stream, false, "/t.Echo/Unary").headers(stream, false, "a", "b");
      }
    },
    MALFORMED_REQUEST {
      @Override
      void play(MockPeer peer, int stream) {
        peer.headers(stream, true, ":method", "POST");
      }
    };

    abstract void play(MockPeer peer, int stream);
  }

  @ParameterizedTest
  @EnumSource
  void whoMakesTheServerResetEndsTheConnection(Provocation provocation) throws Exception {
    try (var peer = client()) {
      for (int i = 0; i <= BUDGET; i++) {
        provocation.play(peer, 2 * i + 1);
        peer.play();
        if (i < BUDGET) {
          peer.expect("RST_STREAM " + (2 * i + 1));
        }
      }
      expectCalm(peer);
    }
  }
}
