package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.InboundMemory;
import grpc.spi.transport.ServerTransportOptions;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients can have a server hold of messages, and that all of it is let go of. */
class ServerMemoryTest extends ServerWire {
  private static final int PER_CONNECTION = 256 << 10;

  private static final int WHOLE_FRAME = 16_384;
  private static final String REFUSED =
      " END_STREAM :status=200 content-type=application/grpc grpc-status=8";

  private final InboundMemory memory =
      InboundMemory.ofBytes(PER_CONNECTION).withPerConnection(PER_CONNECTION);

  @Override
  ServerTransportOptions options() {
    return ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
        .maxConcurrentStreams(1024)
        .maxHeaderListSize(8192)
        .handshakeTimeout(HANDSHAKE_TIMEOUT)
        .pingPolicy(ANY_PINGS)
        .memory(memory)
        .build();
  }

  @AfterEach
  void nothingIsHeldInTheEnd() {
    server.close();
    assertEquals(0, memory.used());
  }

  /** Sends the beginnings of requests, each with a whole message, until one is refused. */
  private static void fill(MockPeer peer) throws IOException {
    int stream = 1;
    for (int held = 0; held <= PER_CONNECTION; held += WHOLE_FRAME) {
      peer.request(stream, false, "/t.Echo/Unary").message(stream, false, WHOLE_FRAME - 5);
      stream += 2;
    }
    peer.play();
    String line = peer.next();
    assertTrue(line.matches("HEADERS [0-9]+" + REFUSED + ".*"), line);
  }

  @Test
  void wholeMessagesOfRequestsThatDoNotEnd() throws Exception {
    try (var peer = client()) {
      fill(peer);
    }
  }

  @Test
  void headersOfRequestsThatDoNotEnd() throws Exception {
    String value = "v".repeat(7_000);
    try (var peer = client()) {
      for (int i = 0; i <= PER_CONNECTION / value.length(); i++) {
        peer.request(2 * i + 1, false, "/t.Echo/Unary", "x-value", value);
      }
      String line = peer.play().next();
      assertTrue(line.matches("HEADERS [0-9]+" + REFUSED + ".*"), line);
    }
  }

  @Test
  void messagesWithoutBytesTakeMemoryToo() throws Exception {
    echo.onTake();
    byte[] empty = new byte[WHOLE_FRAME / 5 * 5]; // 3,276 messages of 0 bytes
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Take").data(1, false, empty).play();
      peer.expect("RST_STREAM 1 ENHANCE_YOUR_CALM"); // its handler reads nothing
      expectAnswer(peer, 3);
    }
  }

  @Test
  void othersThatHoldAllDoNotHinderSmallCalls() throws Exception {
    byte[] message = FrameScript.prefixed(4_000);
    try (var greedy = client();
        var other = client();
        var bystander = client()) {
      fill(greedy);
      fill(other);
      byte[] begin = Arrays.copyOf(message, 2_000);
      byte[] rest = Arrays.copyOfRange(message, 2_000, message.length);
      bystander.request(1, false, "/t.Echo/Unary").data(1, false, begin).expectQuiet();
      bystander.data(1, true, rest).play();
      bystander.expectSoon("HEADERS 1 :status=200");
      bystander.expectSoon("DATA 1 4005");
      bystander.expectSoon("HEADERS 1 END_STREAM grpc-status=0");
    }
  }
}
