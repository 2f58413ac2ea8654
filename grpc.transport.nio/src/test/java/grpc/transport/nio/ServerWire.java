package grpc.transport.nio;

import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.InboundMemory;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.PingPolicy;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.transport.nio.frame.Flags;
import grpc.transport.nio.frame.FrameType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server of ours that is talked to frame by frame. */
@ExtendWith(LeakCheck.class)
abstract class ServerWire {
  static final int MAX_STREAMS = 4;

  /** Bytes of window that a stream begins with. */
  static final int OUR_WINDOW = 256 * 1024;

  static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

  /** A unary answer's headers, and its trailers. */
  static final String OK_HEADERS = "HEADERS 1 :status=200 content-type=application/grpc";

  static final String OK_TRAILERS = "HEADERS 1 END_STREAM grpc-status=0";

  static final PingPolicy ANY_PINGS = PingPolicy.atMostEvery(Duration.ZERO).evenWithoutCalls();

  final FakeTime time = new FakeTime();
  final EchoServer echo = new EchoServer();
  ServerTransport server;

  @BeforeEach
  void listen() throws IOException {
    server =
        time.provider.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options(), echo);
  }

  /** What the server is to do; clients may ping as they like. */
  ServerTransportOptions options() {
    return options(Keepalive.SERVER_DEFAULT, ANY_PINGS, ConnectionAge.UNLIMITED);
  }

  static final InboundMemory MEMORY = InboundMemory.ofBytes(256 << 20).withPerConnection(64 << 20);

  static ServerTransportOptions options(Keepalive keepalive, PingPolicy pings, ConnectionAge age) {
    return ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
        .maxConcurrentStreams(MAX_STREAMS)
        .maxHeaderListSize(8192)
        .handshakeTimeout(HANDSHAKE_TIMEOUT)
        .keepalive(keepalive)
        .pingPolicy(pings)
        .age(age)
        .memory(MEMORY)
        .build();
  }

  @AfterEach
  void close() {
    server.close();
  }

  MockPeer client(int... settings) throws IOException {
    return MockPeer.client(server.localAddress(), settings);
  }

  /**
   * Sends a message that fills the window of stream 1, whose call must read it when it is whole.
   */
  static void fillWindow(MockPeer peer) throws IOException {
    byte[] message = FrameScript.prefixed(OUR_WINDOW - 5);
    for (int at = 0; at < message.length; at += 16_384) {
      peer.data(1, false, Arrays.copyOfRange(message, at, at + 16_384));
    }
    peer.play().expect("WINDOW_UPDATE 1 257").expectQuiet();
  }

  /** Sends DATA with as much padding as there can be, and nothing else. */
  static void sendPadding(MockPeer peer, boolean end) throws IOException {
    byte[] padding = new byte[256];
    padding[0] = (byte) 255;
    peer.frame(FrameType.DATA.code(), Flags.PADDED | (end ? Flags.END_STREAM : 0), 1, padding);
    peer.play();
  }

  /** Makes sure that the connection still answers calls. */
  static void expectAnswer(MockPeer peer, int stream) throws IOException {
    peer.request(stream, false, "/t.Echo/Unary").message(stream, true, 3).play();
    peer.expectSoon("HEADERS " + stream + " :status=200");
    peer.expectSoon("DATA " + stream + " 8");
    peer.expectSoon("HEADERS " + stream + " END_STREAM grpc-status=0");
  }
}
