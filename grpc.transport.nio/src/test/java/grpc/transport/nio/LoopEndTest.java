package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.StatusCode;
import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.ServerTransport;
import grpc.transport.nio.wire.LoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loop that ends since its selector fails: what depends on it ends, and another takes over. */
@ExtendWith(LeakCheck.class)
class LoopEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(TestClient.PATIENCE_SECONDS);

  private volatile boolean broken;
  private final LoopGroup loops = new LoopGroup(1, this::now);
  private final NioTransportProvider provider = new NioTransportProvider(loops);

  /** The clock is asked while the loop selects: it stands in for a selector that fails. */
  private long now() {
    if (broken) {
      sneak(new IOException("the selector is broken"));
    }
    return System.nanoTime();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> void sneak(Exception e) throws E {
    throw (E) e;
  }

  private ServerTransport serve() throws IOException {
    return provider.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        ServerWire.options(Keepalive.SERVER_DEFAULT, ServerWire.ANY_PINGS, ConnectionAge.UNLIMITED),
        new EchoServer());
  }

  @Test
  void endsListenersAndConnectionsAndIsReplaced() throws Exception {
    var server = serve();
    var client = TestClient.connect(provider, server.localAddress());
    var call = client.start("/t.Echo/Bidi");
    var loop = loops.retain(); // until the end: a group that is given up forgets its loops anyway
    broken = true;
    loop.execute(() -> {});
    assertTrue(server.awaitClosed(PATIENCE));
    assertEquals(StatusCode.UNAVAILABLE, call.end().status().code());
    assertEquals(StatusCode.UNAVAILABLE, client.awaitClosed().code());
    loop.join();
    broken = false;
    try (var next = serve();
        var other = TestClient.connect(provider, next.localAddress())) {
      assertTrue(other.unary("/t.Echo/Unary", new byte[3]).end().status().isOk());
    }
    loops.release();
  }
}
