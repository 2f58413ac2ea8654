package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Attributes;
import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.transport.nio.client.ClientConnection;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.server.ServerConnection;
import grpc.transport.nio.wire.Acceptor;
import grpc.transport.nio.wire.Dialer;
import grpc.transport.nio.wire.Loop;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that end while the socket takes nothing: next to nothing is left of them. */
@ExtendWith(LeakCheck.class)
class StuckPeerTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final FakeTime time = new FakeTime();
  private final List<WeakReference<byte[]>> messages = new CopyOnWriteArrayList<>();
  private volatile Gate gate;

  private byte[] message(int size) {
    byte[] bytes = new byte[size];
    messages.add(new WeakReference<>(bytes));
    return bytes;
  }

  private void assertFewAreLeft(int most) {
    System.gc();
    long left = messages.stream().filter(m -> m.get() != null).count();
    assertTrue(left <= most, left + " of " + messages.size());
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  /** A client's connection behind the gate. */
  private final class Client implements ClientConnection.Events {
    private final CompletableFuture<ClientConnection> ready = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile ClientConnection connection;

    Client(Loop loop, SocketAddress address) {
      var options =
          ClientTransportOptions.builder("localhost", ChannelSecurity.PLAINTEXT)
              .userAgent("tenon-test")
              .maxHeaderListSize(8192)
              .connectTimeout(Duration.ofSeconds(20))
              .build();
      new Dialer(
              loop,
              wire -> {
                gate = new Gate(wire);
                connection = new ClientConnection(gate, options, Attributes.EMPTY, this);
                return connection.wireEvents();
              },
              ready::completeExceptionally)
          .connect(address);
    }

    private ClientStream unary(byte[] bytes) {
      return connection.start(
          TestClient.headers("/t.Echo/Unary", Metadata.EMPTY),
          TestClient.options(true),
          TestClient.message(bytes));
    }

    @Override
    public long connected() {
      return 0;
    }

    @Override
    public void ready(Peer peer) {
      ready.complete(connection);
    }

    @Override
    public void pingedTooOften(Keepalive used) {}

    @Override
    public void draining(Status reason) {}

    @Override
    public void closed(Status reason) {
      closed.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({"4_000, 4_000, 100", "100_000, 400, 10", "2_000_000, 100, 2"})
  void aClientForgetsCallsThatEnded(String size, String calls, int most) throws Exception {
    var loop = time.loops.retain();
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var client = new Client(loop, listener.getLocalSocketAddress());
      try (var peer = MockPeer.server(listener)) {
        TestClient.await(client.ready);
        peer.windowUpdate(0, 1 << 30).play().expectQuiet();
        time.advance(Duration.ZERO); // nothing of the handshake is left to be written
        gate.shut = true;
        for (int i = Integer.parseInt(calls.replace("_", "")); i > 0; i--) {
          var call = client.unary(message(Integer.parseInt(size.replace("_", ""))));
          call.cancel(Status.deadlineExceeded("in vain"));
        }
        await(gate.stuck);
        assertFewAreLeft(most);
        client.unary(new byte[1]);
        gate.open();
        String line = peer.next();
        while (!line.matches("DATA [0-9]+ 6 END_STREAM")) { // what had been encoded goes before
          assertTrue(line.matches("(HEADERS|DATA|RST_STREAM) .*"), line);
          line = peer.next();
        }
      } finally {
        client.connection.close(Status.cancelled("the test is over"));
        await(client.closed);
      }
    } finally {
      time.loops.release();
    }
  }

  @Test
  void aServerForgetsAnswersToCallsThatWereCancelled() throws Exception {
    var answered = new Semaphore(0);
    var echo =
        new EchoServer()
            .on(
                "/t.Echo/Large",
                Dispatch.WHEN_WHOLE,
                stream -> {
                  var answer = TestClient.message(message(100_000));
                  stream.respond(EchoServer.headers(Metadata.EMPTY), answer, Metadata.EMPTY);
                  answered.release();
                });
    var connected = new CompletableFuture<ServerConnection>();
    var gone = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var loop = time.loops.retain();
    var options =
        ServerWire.options(Keepalive.SERVER_DEFAULT, ServerWire.ANY_PINGS, ConnectionAge.UNLIMITED);
    var acceptor =
        Acceptor.listen(
            loop,
            ANY,
            new AcceptedBy(
                loop,
                wire -> {
                  gate = new Gate(wire);
                  var connection = new ServerConnection(gate, options, echo, c -> gone.countDown());
                  connected.complete(connection);
                  return connection.events();
                },
                free::countDown));
    try (var peer = MockPeer.client(acceptor.localAddress())) {
      gate.shut = true;
      for (int i = 0; i < 300; i++) {
        peer.request(2 * i + 1, true, "/t.Echo/Large").play();
        assertTrue(answered.tryAcquire(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
        time.advance(Duration.ofMillis(100)); // what has lived so long may be reset
        peer.reset(2 * i + 1, ErrorCode.CANCEL).play();
      }
      for (int i = 0; i < 300; i++) {
        assertNotNull(echo.cancellations().poll(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      assertFewAreLeft(10);
    } finally {
      TestClient.await(connected).close(Status.cancelled("the test is over"));
      await(gone);
      acceptor.close();
      await(free);
      time.loops.release();
    }
  }
}
