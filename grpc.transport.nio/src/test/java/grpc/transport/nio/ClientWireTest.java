package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.Flags;
import grpc.transport.nio.frame.FrameType;
import grpc.transport.nio.frame.Settings;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client says, and the rules that its server has to keep. */
class ClientWireTest extends ClientWire {
  @Test
  void readyOnlyAfterTheServersSettings() throws Exception {
    try (var peer = MockPeer.accept(listener)) {
      peer.readPreface().expect("SETTINGS 2=0 4=").expect("WINDOW_UPDATE 0");
      assertFalse(client.isReady());
      assertEquals(Progress.NOT_SENT, unary().end().progress());
      peer.settings().play().expect("SETTINGS ACK");
      client.awaitReady();
      assertAnswered(peer, 1);
    }
  }

  @Test
  void theFirstFrameMustBeSettings() throws Exception {
    try (var peer = MockPeer.accept(listener)) {
      peer.readPreface().ping(1, false).play().expect("SETTINGS").expect("WINDOW_UPDATE");
      peer.expect("GOAWAY 0 PROTOCOL_ERROR");
    }
    assertEquals(StatusCode.UNAVAILABLE, client.awaitClosed().code());
  }

  @Test
  void theRequestIsWhatTheProtocolSays() throws Exception {
    try (var peer = server()) {
      unary();
      peer.expect(
          "HEADERS 1 :method=POST :scheme=http :path=/t.Echo/Unary :authority=localhost"
              + " te=trailers content-type=application/grpc user-agent=tenon-test");
      peer.expect("DATA 1 8 END_STREAM");
    }
  }

  @Test
  void anEndThatNeedsNoWindowDoesNotWaitForTheConnections() throws Exception {
    try (var peer = server(WINDOW, 0)) {
      client.start("/t.Echo/Collect").send(TestClient.message(new byte[60_000]));
      ClientStream small = client.start("/t.Echo/Collect");
      small.send(TestClient.message(new byte[32_762]));
      small.halfClose();
      peer.expectSoon("HEADERS 1 ");
      peer.expect("HEADERS 3 ");
      peer.settings(WINDOW, 1 << 20).play().expect("SETTINGS ACK");
      peer.expect("DATA 1 16384").expect("DATA 3 16384").expect("DATA 1 16384");
      peer.expect("DATA 3 16383"); // that is all that the connection may send
      peer.ping(1, false).play().expect("DATA 3 0 END_STREAM").expect("PING ACK 1");
      peer.windowUpdate(0, 1 << 20).play().expect("DATA 1 16384");
    }
  }

  @Test
  void timeoutAndEncodingsComeBeforeMetadata() throws Exception {
    var headers =
        RequestHeaders.of(
            "/t.Echo/Bidi",
            "localhost",
            Duration.ofSeconds(5).toNanos(),
            "proto",
            "gzip",
            "gzip,deflate",
            Metadata.of(MetadataKey.text("x-text"), "one")
                .with(MetadataKey.binary("x-bin"), new byte[1]));
    try (var peer = server()) {
      client.transport().newStream(headers, TestClient.options(false));
      assertEquals(
          "HEADERS 1 :method=POST :scheme=http :path=/t.Echo/Bidi :authority=localhost te=trailers"
              + " grpc-timeout=5000000u content-type=application/grpc+proto user-agent=tenon-test"
              + " grpc-encoding=gzip grpc-accept-encoding=gzip,deflate x-text=one x-bin=AA",
          peer.next());
    }
  }

  @Test
  void callsOfAServerWithoutALimitDoNotWait() throws Exception {
    try (var peer = server()) {
      for (int i = 0; i < 200; i++) { // 100 is what some assume
        unary();
        expectUnary(peer, 2 * i + 1);
      }
    }
  }

  @Test
  void cancelResetsAndLateFramesArePassedOver() throws Exception {
    try (var peer = server()) {
      ClientStream call = client.start("/t.Echo/Bidi");
      peer.expect("HEADERS 1 :method=POST");
      call.cancel(Status.cancelled("enough"));
      call.cancel(Status.cancelled("more than that"));
      peer.expect("RST_STREAM 1 CANCEL");
      peer.headers(1, false, headers()).message(1, false, 1).headers(1, true, "grpc-status", "0");
      peer.expectQuiet();
      assertEquals("enough", call.end().status().message());
      assertAnswered(peer, 3);
    }
  }

  @Test
  void streamsBeyondTheLimitWait() throws Exception {
    try (var peer = server(MAX_STREAMS, 1)) {
      ClientStream first = unary();
      ClientStream second = unary();
      ClientStream third = unary();
      expectUnary(peer, 1);
      second.cancel(Status.cancelled("never mind"));
      peer.expectQuiet();
      peer.headers(1, true, headers("grpc-status", "0")).play();
      assertCode(StatusCode.OK, first.end());
      expectUnary(peer, 3);
      peer.settings(MAX_STREAMS, 0).headers(3, true, headers("grpc-status", "0")).play();
      assertCode(StatusCode.OK, third.end());
      peer.expect("SETTINGS ACK");
      ClientStream fourth = unary();
      peer.expectQuiet();
      peer.settings(MAX_STREAMS, 5).play().expect("SETTINGS ACK");
      expectUnary(peer, 5);
      peer.headers(5, true, headers("grpc-status", "0")).play();
      assertCode(StatusCode.OK, fourth.end());
    }
  }

  @Test
  void sendingWaitsForTheWindow() throws Exception {
    try (var peer = server(WINDOW, 0)) {
      ClientStream call = client.start("/t.Echo/Bidi");
      var sender =
          Thread.startVirtualThread(() -> {
            try {
              call.send(TestClient.message(new byte[100_000]));
              call.halfClose();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      peer.expect("HEADERS 1 :method=POST").expectQuiet();
      assertTrue(sender.isAlive());
      peer.windowUpdate(1, 100_005).windowUpdate(0, 100_000).play();
      int got = 0;
      while (got < 100_005) {
        peer.expect("DATA 1 ");
        got += peer.payload().length;
      }
      sender.join();
      peer.expect("DATA 1 0 END_STREAM");
    }
  }

  @Test
  void pushAndUnknownStreamsEndTheConnection() throws Exception {
    try (var peer = server()) {
      ClientStream call = unary();
      expectUnary(peer, 1);
      peer.frame(FrameType.PUSH_PROMISE.code(), Flags.END_HEADERS, 1, new byte[] {0, 0, 0, 2})
          .play();
      peer.expectSoon("GOAWAY 0 PROTOCOL_ERROR");
      assertCode(StatusCode.UNAVAILABLE, call.end());
    }
    client.awaitClosed();
  }

  @Test
  void aServerThatAsksForPushIsRefused() throws Exception {
    try (var peer = server()) {
      peer.settings(Settings.ENABLE_PUSH, 1).play();
      peer.expectSoon("GOAWAY 0 PROTOCOL_ERROR");
    }
    client.awaitClosed();
  }

  @Test
  void headersOnAStreamThatWasNeverOpenedEndTheConnection() throws Exception {
    try (var peer = server()) {
      peer.headers(9, true, headers("grpc-status", "0")).play();
      peer.expectSoon("GOAWAY 0 PROTOCOL_ERROR");
    }
  }

  @Test
  void aLostConnectionEndsItsCalls() throws Exception {
    ClientStream call;
    try (var peer = server()) {
      call = unary();
      expectUnary(peer, 1);
    }
    assertCode(StatusCode.UNAVAILABLE, call.end());
    assertEquals(Progress.PROCESSED, call.end().progress());
    assertEquals(StatusCode.UNAVAILABLE, client.awaitClosed().code());
  }

  @ParameterizedTest
  @CsvSource({
    "15030300020228, the server answers by TLS; this channel speaks plaintext",
    "485454502f312e3120343030, the server answers by HTTP/1; gRPC needs HTTP/2",
    "'', does it expect TLS"
  })
  void aServerOfAnotherProtocolIsTold(String hex, String told) throws Exception {
    try (var peer = MockPeer.accept(listener)) {
      peer.raw(HexFormat.of().parseHex(hex)).playLast();
      var status = client.awaitClosed();
      assertEquals(StatusCode.UNAVAILABLE, status.code());
      assertTrue(status.message().contains(told), status.message());
    }
  }
}
