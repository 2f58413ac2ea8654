package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.Keepalive;
import grpc.transport.nio.server.ServerConnection;
import grpc.transport.nio.wire.Acceptor;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end of a connection whose peer does not read for a while. */
@ExtendWith(LeakCheck.class)
class LingeringCloseTest {
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final Duration PING_WAIT = Duration.ofSeconds(5);

  private final FakeTime time = new FakeTime();
  private final CompletableFuture<ServerConnection> connected = new CompletableFuture<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);
  private Acceptor acceptor;
  private volatile Gate gate;

  @BeforeEach
  void listen() throws IOException {
    var loop = time.loops.retain();
    acceptor =
        Acceptor.listen(
            loop,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new AcceptedBy(loop, this::events, free::countDown));
  }

  private Wire.Events events(Wire wire) {
    gate = new Gate(wire);
    var options =
        ServerWire.options(Keepalive.SERVER_DEFAULT, ServerWire.ANY_PINGS, ConnectionAge.UNLIMITED);
    var connection =
        new ServerConnection(gate, options, new EchoServer(), closed -> gone.countDown());
    connected.complete(connection);
    return connection.events();
  }

  @AfterEach
  void close() throws Exception {
    TestClient.await(connected).close(Status.cancelled("the test is over"));
    awaitLatch(gone);
    acceptor.close();
    awaitLatch(free);
    time.loops.release();
  }

  private static void awaitLatch(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void anAnswerIsWrittenWholeHoweverLongTheClientDoesNotRead() throws Exception {
    try (var peer = MockPeer.client(acceptor.localAddress())) {
      gate.shut = true;
      peer.request(1, false, "/t.Echo/Unary").message(1, true, 1000).play();
      awaitLatch(gate.stuck); // the answer is encoded to its end, and none of it is written
      TestClient.await(connected).drain();
      time.advance(Duration.ZERO);
      time.advance(PING_WAIT);
      time.advance(LINGER.multipliedBy(60));
      gate.open();
      peer.expect(ServerWire.OK_HEADERS).expect("DATA 1 1005").expect(ServerWire.OK_TRAILERS);
      peer.expect("GOAWAY 2147483647 NO_ERROR").expect("PING ").expect("GOAWAY 1 NO_ERROR");
      peer.expect("EOF");
      time.advance(Duration.ZERO);
      assertEquals(1, gone.getCount(), "the client may close first");
      time.advance(LINGER);
      awaitLatch(gone);
    }
  }

  @Test
  void serverThatShutDownItsOutputLetsTheClientCloseFirst() throws Exception {
    try (var peer = MockPeer.client(acceptor.localAddress())) {
      peer.request(1, false, "/t.Echo/Unary").message(1, true, 1000).play();
      peer.expect(ServerWire.OK_HEADERS).expect("DATA 1 1005").expect(ServerWire.OK_TRAILERS);
      TestClient.await(connected).drain();
      time.advance(Duration.ZERO);
      time.advance(PING_WAIT);
      peer.expect("GOAWAY 2147483647 NO_ERROR").expect("PING ").expect("GOAWAY 1 NO_ERROR");
      peer.expect("EOF");
      TestClient.await(connected).close(Status.unavailable("the server was closed"));
      time.advance(Duration.ZERO);
      assertEquals(1, gone.getCount(), "what the client writes now would reset the connection");
      time.advance(LINGER);
      awaitLatch(gone);
    }
  }

  @Test
  void aClientThatBrokeTheProtocolIsNotWaitedFor() throws Exception {
    try (var peer = MockPeer.client(acceptor.localAddress())) {
      gate.shut = true;
      peer.windowUpdate(0, 0).play();
      awaitLatch(gate.stuck);
      time.advance(LINGER);
      awaitLatch(gone);
    }
  }
}
