package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Flags;
import grpc.transport.nio.frame.FrameType;
import grpc.transport.nio.frame.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client of ours that is answered frame by frame. */
@ExtendWith(LeakCheck.class)
class ClientWireTest {
  private static final int MAX_STREAMS = 3; // SETTINGS_MAX_CONCURRENT_STREAMS
  private static final int WINDOW = 4; // SETTINGS_INITIAL_WINDOW_SIZE

  private ServerSocket listener;
  private TestClient client;

  @BeforeEach
  void connect() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    client = TestClient.connecting(new NioTransportProvider(), listener.getLocalSocketAddress());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    listener.close();
  }

  private MockPeer server(int... settings) throws Exception {
    var peer = MockPeer.server(listener, settings);
    client.awaitReady();
    return peer;
  }

  private static String[] headers(String... more) {
    var all = new ArrayList<>(List.of(":status", "200", "content-type", "application/grpc"));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  private ClientStream unary() {
    return client.unary("/t.Echo/Unary", new byte[3]);
  }

  private static void expectUnary(MockPeer peer, int stream) throws IOException {
    peer.expectSoon("HEADERS " + stream + " :method=POST");
    peer.expectSoon("DATA " + stream + " 8 END_STREAM");
  }

  private static void assertCode(StatusCode code, StreamEnd end) {
    assertEquals(code, end.status().code(), end.toString());
  }

  private void assertAnswered(MockPeer peer, int stream) throws Exception {
    ClientStream call = unary();
    expectUnary(peer, stream);
    peer.headers(stream, false, headers()).message(stream, false, 2);
    peer.headers(stream, true, "grpc-status", "0").play();
    assertEquals(2, call.receive().orElseThrow().payload().remaining());
    assertCode(StatusCode.OK, call.end());
  }

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
      peer.headers(1, false, ":status", "100").headers(1, false, ":status", "103");
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
}
