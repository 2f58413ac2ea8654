package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.InboundMemory;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.ServerTransportOptions;
import grpc.transport.nio.frame.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What connections may hold of messages, and that all of it is given back. */
class InboundMemoryTest extends ServerWire {
  private static final int SHARE = 100_000;

  private final InboundMemory memory = InboundMemory.ofBytes(2 * SHARE).withPerConnection(SHARE);

  @Override
  ServerTransportOptions options() {
    return ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
        .maxConcurrentStreams(MAX_STREAMS)
        .maxHeaderListSize(8192)
        .handshakeTimeout(HANDSHAKE_TIMEOUT)
        .pingPolicy(ANY_PINGS)
        .memory(memory)
        .build();
  }

  @AfterEach
  void allIsGivenBack() throws Exception {
    server.close();
    assertEquals(0, memory.used());
  }

  /** Sends the beginning of a message that is not ended. */
  private static MockPeer begin(MockPeer peer, int stream, String path, int size, int sent)
      throws IOException {
    byte[] message = FrameScript.prefixed(size);
    peer.request(stream, false, path);
    for (int at = 0; at < sent; at += 16_000) {
      peer.data(stream, false, Arrays.copyOfRange(message, at, Math.min(sent, at + 16_000)));
    }
    return peer.play();
  }

  private static void expectRefused(MockPeer peer, int stream) throws IOException {
    String line = peer.expectSoon("HEADERS " + stream + " END_STREAM");
    assertTrue(line.contains("grpc-status=8 grpc-message=the server has no memory"), line);
    peer.expectSoon("RST_STREAM " + stream + " NO_ERROR");
  }

  @Test
  void aMessageThatNeedsMoreThanThereIsIsRefusedAndOthersGoOn() throws Exception {
    try (var peer = client();
        var bystander = client()) {
      begin(peer, 1, "/t.Echo/Unary", 90_000, 32_000);
      begin(peer, 3, "/t.Echo/Unary", 90_000, 32_000);
      expectRefused(peer, 3);
      expectAnswer(peer, 5);
      expectAnswer(bystander, 1);
      begin(bystander, 3, "/t.Echo/Unary", 60_000, 32_000);
      bystander.expectQuiet();
      for (int left = 90_005 - 32_000; left > 0; left -= 16_000) {
        peer.data(1, left <= 16_000, new byte[Math.min(left, 16_000)]);
      }
      peer.play().expectSoon("HEADERS 1 :status=200");
    }
  }

  @Test
  void messagesThatNobodyTakesCountToo() throws Exception {
    var mayTake = echo.onTake();
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Take");
      for (int i = 0; i < 11; i++) {
        peer.message(1, false, 10_000).play();
      }
      peer.expectSoon("RST_STREAM 1 ENHANCE_YOUR_CALM"); // its handler reads nothing
      assertEquals(0, memory.used());
      mayTake.release(100);
      expectAnswer(peer, 3);
    }
  }

  @Test
  void howeverACallEndsItsBytesAreGivenBack() throws Exception {
    echo.on(
        "/t.Echo/Early",
        Dispatch.AT_HEADERS,
        stream -> stream.close(Status.notFound("no"), Metadata.EMPTY));
    try (var peer = client();
        var lost = client()) {
      begin(peer, 1, "/t.Echo/Unary", 90_000, 32_000).reset(1, ErrorCode.CANCEL).play();
      begin(peer, 3, "/t.Echo/Unary", 90_000, 32_000).windowUpdate(3, 0).play(); // a broken rule
      peer.expectSoon("RST_STREAM 3 PROTOCOL_ERROR");
      begin(peer, 5, "/t.Echo/Unary", 90_000, 32_000).data(5, true).play(); // in mid-message
      peer.expectSoon("HEADERS 5 END_STREAM");
      begin(peer, 7, "/t.Echo/Early", 90_000, 32_000);
      peer.expectSoon("HEADERS 7 END_STREAM");
      peer.expectSoon("RST_STREAM 7 NO_ERROR");
      peer.expectQuiet();
      assertEquals(0, memory.used());
      begin(lost, 1, "/t.Echo/Unary", 90_000, 32_000).expectQuiet();
      assertTrue(memory.used() > 0);
    }
    server.drain();
    assertTrue(server.awaitClosed(Duration.ofSeconds(TestClient.PATIENCE_SECONDS)));
  }
}
