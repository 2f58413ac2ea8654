package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.transport.nio.frame.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client of ours whose server falls silent (gRFC A8). */
@ExtendWith(LeakCheck.class)
class ClientKeepaliveTest {
  private static final Duration TIME = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration TICK = Duration.ofMillis(1);

  private static final Keepalive PINGS = Keepalive.every(TIME).withTimeout(TIMEOUT);

  private final FakeTime time = new FakeTime();
  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private TestClient client(Keepalive pings) {
    return TestClient.connecting(time.provider, listener.getLocalSocketAddress(), pings);
  }

  private MockPeer server(TestClient client) throws Exception {
    var peer = MockPeer.server(listener);
    client.awaitReady();
    return peer;
  }

  private static void expectCall(MockPeer peer) throws IOException {
    peer.expectSoon("HEADERS 1 :method=POST");
    peer.expectSoon("DATA 1 8 END_STREAM");
  }

  @Test
  void aServerThatIsSilentAfterAPingIsGivenUp() throws Exception {
    try (var client = client(PINGS);
        var peer = server(client)) {
      var call = client.unary("/t.Echo/Unary", new byte[3]);
      expectCall(peer);
      time.advance(TIME.minus(TICK));
      peer.expectQuiet(); // which breaks the silence
      time.advance(TIME.minus(TICK));
      time.advance(TICK);
      peer.expect("PING 6b");
      time.advance(TIMEOUT.minus(TICK));
      assertFalse(client.isClosed());
      time.advance(TICK);
      var status = call.end().status();
      assertEquals(StatusCode.UNAVAILABLE, status.code());
      assertTrue(status.message().startsWith("keepalive: nothing came from "), status.message());
      assertEquals(status, client.awaitClosed());
    }
  }

  @Test
  void aServerThatNeverSaysHelloIsGivenUp() throws Exception {
    try (var client = client(PINGS);
        var peer = MockPeer.accept(listener)) {
      peer.readPreface();
      time.advance(Duration.ofSeconds(TestClient.PATIENCE_SECONDS)); // its connectTimeout
      assertEquals(
          Status.unavailable(
              "no SETTINGS from "
                  + listener.getLocalSocketAddress()
                  + " within 20 s; does it speak HTTP/2 without TLS?"),
          client.awaitClosed());
    }
  }

  @Test
  void whateverComesIsAnAnswer() throws Exception {
    try (var client = client(PINGS);
        var peer = server(client)) {
      client.unary("/t.Echo/Unary", new byte[3]);
      expectCall(peer);
      for (int i = 0; i < 3; i++) {
        time.advance(TIME);
        peer.expect("PING 6b").expectQuiet();
        time.advance(TIMEOUT);
      }
      peer.expectQuiet();
    }
  }

  @Test
  void withoutCallsThereAreNoPings() throws Exception {
    try (var client = client(PINGS);
        var peer = server(client)) {
      time.advance(TIME);
      time.advance(TIME);
      peer.expectQuiet();
      client.unary("/t.Echo/Unary", new byte[3]);
      expectCall(peer);
      time.advance(TIME);
      time.advance(TIME);
      peer.expect("PING 6b");
    }
  }

  @Test
  void aShortCallOnASilentConnectionIsEnoughForAPing() throws Exception {
    try (var client = client(PINGS);
        var peer = server(client)) {
      time.advance(TIME);
      time.advance(Duration.ofDays(1));
      peer.expectQuiet(); // which breaks the silence
      time.advance(TIME.minus(TICK));
      client.unary("/t.Echo/Unary", new byte[3]).cancel(Status.cancelled("in vain"));
      time.advance(Duration.ZERO);
      time.advance(TICK);
      client.unary("/t.Echo/Unary", new byte[3]).cancel(Status.cancelled("in vain"));
      time.advance(Duration.ZERO);
      time.advance(TIMEOUT.minus(TICK));
      assertFalse(client.isClosed());
      time.advance(TICK);
      assertEquals(StatusCode.UNAVAILABLE, client.awaitClosed().code());
    }
  }

  @Test
  void whatThePeerSaidDuringAPauseIsReadBeforeItIsGivenUp() throws Exception {
    var holds = new CountDownLatch(1);
    var goesOn = new CountDownLatch(1);
    var echo =
        new EchoServer()
            .on(
                "/t.Echo/Hold",
                Dispatch.INLINE,
                stream -> {
                  holds.countDown();
                  goesOn.await(); // the loop stands still
                });
    try (var other =
            time.provider.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerWire.options(
                    Keepalive.SERVER_DEFAULT, ServerWire.ANY_PINGS, ConnectionAge.UNLIMITED),
                echo);
        var otherPeer = MockPeer.client(other.localAddress());
        var client = client(PINGS.evenWithoutCalls());
        var peer = server(client)) {
      time.advance(TIME);
      peer.expect("PING 6b");
      otherPeer.request(1, true, "/t.Echo/Hold").play();
      holds.await();
      peer.ping(0x6b65_6570_616c_6976L, true).play();
      time.jump(TIMEOUT);
      goesOn.countDown();
      time.advance(Duration.ZERO);
      assertFalse(client.isClosed());
      peer.expectQuiet();
    }
  }

  @Test
  void withoutCallsThereArePingsIfAskedFor() throws Exception {
    try (var client = client(PINGS.evenWithoutCalls());
        var peer = server(client)) {
      time.advance(TIME);
      peer.expect("PING 6b");
      time.advance(TIMEOUT);
      assertEquals(StatusCode.UNAVAILABLE, client.awaitClosed().code());
      assertEquals("EOF", peer.next());
    }
  }

  @Test
  void aServerThatFindsThePingsTooManyIsHeard() throws Exception {
    try (var client = client(PINGS);
        var peer = server(client)) {
      peer.goAway(0, ErrorCode.ENHANCE_YOUR_CALM, "too_many_pings").play();
      assertEquals(PINGS, client.awaitPingedTooOften());
      assertTrue(client.awaitDraining().message().endsWith("ENHANCE_YOUR_CALM: too_many_pings"));
    }
  }
}
