package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Attributes;
import grpc.api.Peer;
import grpc.api.PeerSecurity;
import grpc.api.SecurityLevel;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.credentials.ConnectionDetails;
import grpc.spi.credentials.Security;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerStreamHandler;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Credentials of one's own decide on each connection before a byte of HTTP/2. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class ConnectionCredentialsTest {
  private static final PeerSecurity TUNNEL = PeerSecurity.of(SecurityLevel.PRIVACY_AND_INTEGRITY);
  private static final Attributes.Key<String> ZONE = Attributes.Key.of("zone");

  private final NioTransportProvider provider = new NioTransportProvider();
  private final Clients clients = new Clients();

  /** A server's handlers, and the clients that it has met. */
  private static final class Clients implements ServerStreamAcceptor {
    private final EchoServer echo = new EchoServer();
    private final BlockingQueue<Peer> met = new LinkedBlockingQueue<>();

    @Override
    public ServerStreamHandler accept(ServerStream stream) {
      return echo.accept(stream);
    }

    @Override
    public void connected(Peer client) {
      met.add(client);
    }
  }

  /** What credentials of a test do. */
  private interface Decision {
    Security on(ConnectionDetails connection) throws IOException, InterruptedException;
  }

  private record OfChannel(Decision decision) implements ChannelSecurity {
    @Override
    public int defaultPort() {
      return 1;
    }

    @Override
    public Security connect(ConnectionDetails connection) throws IOException, InterruptedException {
      return decision.on(connection);
    }

    @Override
    public String toString() {
      return "own";
    }
  }

  private record OfServer(Decision decision) implements ServerSecurity {
    @Override
    public Security accept(ConnectionDetails connection) throws IOException, InterruptedException {
      return decision.on(connection);
    }
  }

  private ServerTransport serve(
      NioTransportProvider by, ServerSecurity security, Duration handshake) throws IOException {
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var options = ServerTransportOptions.builder(security).handshakeTimeout(handshake).build();
    return by.listen(any, options, clients);
  }

  private ServerTransport serve(ServerSecurity security) throws IOException {
    return serve(provider, security, Duration.ofSeconds(30));
  }

  private TestClient connecting(SocketAddress address, Decision decision) {
    return TestClient.connecting(
        provider,
        Address.of(address).withAttributes(Attributes.EMPTY.with(ZONE, "a")),
        new OfChannel(decision));
  }

  private void fails(String message, Decision decision) throws Exception {
    try (var server = serve(ServerSecurity.PLAINTEXT);
        var client = connecting(server.localAddress(), decision)) {
      var expected =
          "credentials own, for the connection to %s: %s".formatted(server.localAddress(), message);
      assertEquals(Status.unavailable(expected), client.awaitClosed());
    }
  }

  @Test
  void bothSidesLearnHowTheirConnectionIsProtected() throws Exception {
    var asked = new CompletableFuture<ConnectionDetails>();
    try (var server = serve(new OfServer(connection -> new Security.Plain(TUNNEL)));
        var client =
            connecting(
                server.localAddress(),
                connection -> {
                  asked.complete(connection);
                  return new Security.Plain(TUNNEL);
                })) {
      var peer = client.awaitReady();
      assertEquals(TUNNEL, peer.security());
      assertEquals(TUNNEL, clients.met.take().security());
      assertEquals("localhost", asked.join().authority());
      assertEquals("a", asked.join().attributes().find(ZONE).orElseThrow());
      assertEquals(server.localAddress(), asked.join().remote());
      assertEquals(peer.local(), asked.join().local());
      Loopback.echo(client, "/t.Echo/Unary", 100);
    }
  }

  @Test
  void plaintextHasNoProtection() throws Exception {
    try (var server = serve(ServerSecurity.PLAINTEXT);
        var client = TestClient.connecting(provider, server.localAddress())) {
      assertEquals(SecurityLevel.NONE, client.awaitReady().security().level());
      assertEquals(SecurityLevel.NONE, clients.met.take().security().level());
    }
  }

  @Test
  void aClientIsToldWhyItsCredentialsRefuse() throws Exception {
    fails("not in the allowlist", connection -> new Security.Refuse("not in the allowlist"));
  }

  @Test
  void whatCredentialsThrowEndsTheAttempt() throws Exception {
    fails(
        "the agent is gone",
        connection -> {
          throw new IOException("the agent is gone");
        });
    fails(
        "they threw java.lang.IllegalStateException",
        connection -> {
          throw new IllegalStateException("secret");
        });
    fails("their answer is null (expected: a Security)", connection -> null);
  }

  @Test
  void aServerThatRefusesClosesWithoutAByte() throws Exception {
    try (var server = serve(new OfServer(connection -> new Security.Refuse("stranger")));
        var socket = new Socket()) {
      socket.connect(server.localAddress());
      assertEquals(-1, socket.getInputStream().read());
      assertTrue(clients.met.isEmpty());
    }
  }

  @Test
  void credentialsThatTakeTooLongEndWithTheHandshakesTime() throws Exception {
    var time = new FakeTime();
    var asked = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var never =
        new OfServer(connection -> {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.countDown();
          }
          return new Security.Plain(TUNNEL);
        });
    try (var server = serve(time.provider, never, Duration.ofSeconds(5));
        var socket = new Socket()) {
      socket.connect(server.localAddress());
      assertTrue(asked.await(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
      time.advance(Duration.ofSeconds(5));
      assertEquals(-1, socket.getInputStream().read());
      assertTrue(interrupted.await(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  @Test
  void aClosedConnectionInterruptsItsCredentials() throws Exception {
    var asked = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    try (var server = serve(ServerSecurity.PLAINTEXT);
        var client =
            connecting(
                server.localAddress(),
                connection -> {
                  asked.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } finally {
                    interrupted.countDown();
                  }
                  return new Security.Plain(TUNNEL);
                })) {
      assertTrue(asked.await(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
      client.transport().close(Status.cancelled("given up"));
      assertEquals(StatusCode.CANCELLED, client.awaitClosed().code());
      assertTrue(interrupted.await(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  @Test
  void aServerThatDrainsDoesNotWaitForCredentials() throws Exception {
    var asked = new CountDownLatch(1);
    var never =
        new OfServer(connection -> {
          asked.countDown();
          new CountDownLatch(1).await();
          return new Security.Plain(TUNNEL);
        });
    try (var server = serve(never);
        var socket = new Socket()) {
      socket.connect(server.localAddress());
      assertTrue(asked.await(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
      server.drain();
      assertEquals(-1, socket.getInputStream().read());
      assertTrue(server.awaitClosed(Duration.ofSeconds(TestClient.PATIENCE_SECONDS)));
    }
  }

  /** A client that speaks at once: its bytes wait until the credentials have decided. */
  @Test
  void bytesThatComeEarlyAreReadAfterwards() throws Exception {
    var go = new CountDownLatch(1);
    var late =
        new OfServer(connection -> {
          go.await();
          return new Security.Plain(TUNNEL);
        });
    try (var server = serve(late);
        var client = TestClient.connecting(provider, server.localAddress())) {
      go.countDown();
      client.awaitReady();
      Loopback.echo(client, "/t.Echo/Unary", 5);
    }
  }
}
