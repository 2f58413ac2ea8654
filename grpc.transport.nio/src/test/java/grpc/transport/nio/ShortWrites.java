package grpc.transport.nio;

import grpc.api.Attributes;
import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.ServerTransportOptions;
import grpc.transport.nio.client.ClientConnection;
import grpc.transport.nio.server.ServerConnection;
import grpc.transport.nio.wire.Acceptor;
import grpc.transport.nio.wire.Dialer;
import grpc.transport.nio.wire.LoopGroup;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of ours and clients of ours whose sockets take as much of each write as chance says. */
final class ShortWrites {
  private static final Duration PATIENCE = Duration.ofSeconds(TestClient.PATIENCE_SECONDS);
  private static final int MAX_HEADERS = 8192;

  private final LoopGroup loops = new LoopGroup(2, System::nanoTime);
  private final Queue<Runnable> closings = new ConcurrentLinkedQueue<>();
  private final Queue<CompletableFuture<Status>> ends = new ConcurrentLinkedQueue<>();
  private final AtomicInteger shortWrites = new AtomicInteger();
  private final CountDownLatch free = new CountDownLatch(1);
  private final Random seeds;
  private final Acceptor acceptor;

  ShortWrites(EchoServer echo, int maxStreams, long seed) throws IOException {
    seeds = new Random(seed);
    var options =
        ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
            .maxConcurrentStreams(maxStreams)
            .maxHeaderListSize(MAX_HEADERS)
            .handshakeTimeout(PATIENCE)
            .build();
    var loop = loops.retain();
    acceptor =
        Acceptor.listen(
            loop,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new AcceptedBy(loop, wire -> serve(wire, options, echo), free::countDown));
  }

  private Wire.Events serve(Wire wire, ServerTransportOptions options, EchoServer echo) {
    var end = new CompletableFuture<Status>();
    ends.add(end);
    var connection =
        new ServerConnection(
            new Cut(wire, seeds.nextLong()), options, echo, gone -> end.complete(Status.OK));
    closings.add(() -> connection.close(Status.cancelled("the test is over")));
    return connection.events();
  }

  /** {@return how many writes were cut short} */
  int shortWrites() {
    return shortWrites.get();
  }

  /** Connects, and waits until the connection is ready. */
  Client connect() throws Exception {
    var client = new Client();
    new Dialer(loops.retain(), client::attach, client.ready::completeExceptionally)
        .connect(acceptor.localAddress());
    TestClient.await(client.ready);
    return client;
  }

  /** Waits until all is gone. */
  void close() throws Exception {
    acceptor.close();
    free.await();
    closings.forEach(Runnable::run);
    for (CompletableFuture<Status> end : ends) {
      TestClient.await(end);
    }
    loops.release();
  }

  /** Takes all of a write, or a part, or nothing. Its chance belongs to the writer. */
  private final class Cut extends ForwardingWire {
    private final Random random;

    Cut(Wire wire, long seed) {
      super(wire);
      this.random = new Random(seed);
    }

    @Override
    public int write(ByteBuffer out) throws IOException {
      if (random.nextBoolean()) {
        return super.write(out);
      }
      int limit = out.limit();
      out.limit(out.position() + random.nextInt(out.remaining() + 1));
      try {
        return super.write(out);
      } finally {
        out.limit(limit);
        if (out.hasRemaining()) {
          shortWrites.incrementAndGet();
        }
      }
    }
  }

  /** A client's connection. */
  final class Client implements ClientConnection.Events {
    private final CompletableFuture<ClientConnection> ready = new CompletableFuture<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private volatile ClientConnection connection;

    private Wire.Events attach(Wire wire) {
      var options =
          ClientTransportOptions.builder("localhost", ChannelSecurity.PLAINTEXT)
              .userAgent("tenon-test")
              .maxHeaderListSize(MAX_HEADERS)
              .connectTimeout(PATIENCE)
              .build();
      connection =
          new ClientConnection(new Cut(wire, seeds.nextLong()), options, Attributes.EMPTY, this);
      ends.add(end);
      closings.add(this::close);
      return connection.wireEvents();
    }

    ClientStream start(String path) {
      return connection.start(
          TestClient.headers(path, Metadata.EMPTY), TestClient.options(false), null);
    }

    void close() {
      connection.close(Status.unavailable("closed by the test"));
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
      if (end.complete(reason)) {
        loops.release();
      }
    }
  }
}
