package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.StatusCode;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.StreamEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client of ours that is answered frame by frame. */
@ExtendWith(LeakCheck.class)
abstract class ClientWire {
  static final int MAX_STREAMS = 3; // SETTINGS_MAX_CONCURRENT_STREAMS
  static final int WINDOW = 4; // SETTINGS_INITIAL_WINDOW_SIZE

  ServerSocket listener;
  TestClient client;

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

  MockPeer server(int... settings) throws Exception {
    var peer = MockPeer.server(listener, settings);
    client.awaitReady();
    return peer;
  }

  static String[] headers(String... more) {
    var all = new ArrayList<>(List.of(":status", "200", "content-type", "application/grpc"));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  ClientStream unary() {
    return client.unary("/t.Echo/Unary", new byte[3]);
  }

  static void expectUnary(MockPeer peer, int stream) throws IOException {
    peer.expectSoon("HEADERS " + stream + " :method=POST");
    peer.expectSoon("DATA " + stream + " 8 END_STREAM");
  }

  static void assertCode(StatusCode code, StreamEnd end) {
    assertEquals(code, end.status().code(), end.toString());
  }

  void assertAnswered(MockPeer peer, int stream) throws Exception {
    ClientStream call = unary();
    expectUnary(peer, stream);
    peer.headers(stream, false, headers()).message(stream, false, 2);
    peer.headers(stream, true, "grpc-status", "0").play();
    assertEquals(2, call.receive().orElseThrow().payload().remaining());
    assertCode(StatusCode.OK, call.end());
  }
}
