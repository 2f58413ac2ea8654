package grpc.transport.nio;

import grpc.api.StatusCode;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.ServerTransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program whose handler fills the heap while others call; afterwards calls are answered. */
final class NoMemory {
  private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int PIECE = 500;
  private static final int CALLERS = 6;

  private final NioTransportProvider provider = new NioTransportProvider();
  private volatile boolean over;

  private NoMemory() {}

  private static void fill(ServerStream stream) throws InterruptedException {
    long end = System.nanoTime() + FULL_NANOS;
    Object chain = null;
    while (System.nanoTime() < end) {
      try {
        chain = new Object[] {chain, new byte[PIECE]};
      } catch (OutOfMemoryError e) {
        Thread.onSpinWait(); // on purpose: it takes at once what others free, and to wait takes
        // memory
      }
    }
    require(chain != null, "nothing fits");
    chain = null;
    stream.respond(
        EchoServer.headers(grpc.api.Metadata.EMPTY),
        stream.receive().orElseThrow(),
        grpc.api.Metadata.EMPTY);
  }

  private static void require(boolean condition, Object what) {
    if (!condition) {
      throw new IllegalStateException(String.valueOf(what));
    }
  }

  /** Calls until it is over, on one connection after another; whatever happens meanwhile. */
  private void callOnAndOn(InetSocketAddress address) {
    while (!over) {
      try (var client = TestClient.connect(provider, address)) {
        while (!over) {
          var call = client.unary("/t.Echo/Unary", new byte[100]);
          if (!call.end().status().isOk()) {
            break;
          }
        }
      } catch (Throwable t) { // memory ran out here, too
        Thread.onSpinWait(); // and calls again at once, on purpose: they all meet while it is out
      }
    }
  }

  void run() throws Exception {
    var echo = new EchoServer().on("/t.Echo/Fill", Dispatch.WHEN_WHOLE, NoMemory::fill);
    var options =
        ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
            .maxConcurrentStreams(100)
            .maxHeaderListSize(8192)
            .handshakeTimeout(Duration.ofSeconds(10))
            .build();
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server = provider.listen(any, options, echo)) {
      var address = (InetSocketAddress) server.localAddress();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(Thread.ofPlatform().start(() -> callOnAndOn(address)));
      }
      try (var filler = TestClient.connect(provider, address)) {
        filler.unary("/t.Echo/Fill", new byte[1]).end(); // with whatever status
      }
      over = true;
      for (Thread caller : callers) {
        caller.join(Duration.ofSeconds(60)); // an attempt to connect may last 20
        require(!caller.isAlive(), "a call was never ended");
      }
      try (var client = TestClient.connect(provider, address)) {
        var call = client.unary("/t.Echo/Unary", new byte[100]);
        require(call.end().status().code() == StatusCode.OK, call.end());
      }
    }
    System.out.println("OK");
  }

  public static void main(String[] args) throws Exception {
    new NoMemory().run();
  }
}
