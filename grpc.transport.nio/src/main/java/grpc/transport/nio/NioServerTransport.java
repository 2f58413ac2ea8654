package grpc.transport.nio;

import grpc.api.Status;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.transport.nio.server.ServerConnection;
import grpc.transport.nio.wire.Acceptor;
import grpc.transport.nio.wire.Loop;
import grpc.transport.nio.wire.LoopGroup;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A listening socket and its connections. */
final class NioServerTransport implements ServerTransport, Acceptor.Events {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final ServerTransportOptions options;
  private final ServerStreamAcceptor streamAcceptor;
  private final LoopGroup loops;
  private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean stopped;
  private volatile boolean addressFree;
  private @Nullable Acceptor acceptor;

  private NioServerTransport(
      ServerTransportOptions options, ServerStreamAcceptor streamAcceptor, LoopGroup loops) {
    this.options = options;
    this.streamAcceptor = streamAcceptor;
    this.loops = loops;
  }

  static NioServerTransport listen(
      SocketAddress address,
      ServerTransportOptions options,
      ServerStreamAcceptor streamAcceptor,
      LoopGroup loops)
      throws IOException {
    var server = new NioServerTransport(options, streamAcceptor, loops);
    var loop = loops.retain();
    try {
      server.acceptor = Acceptor.listen(loop, address, server);
    } catch (IOException | RuntimeException e) {
      loops.release();
      throw e;
    }
    return server;
  }

  // ---- the acceptor's events

  @Override
  public Loop loop() throws IOException {
    return loops.retain();
  }

  @Override
  public void neverConnected() {
    loops.release();
  }

  @Override
  public void closed() {
    addressFree = true;
    closeIfIdle();
    loops.release();
  }

  @Override
  public Wire.Events connected(Wire wire) {
    var connection = new ServerConnection(wire, options, streamAcceptor, this::gone);
    connections.add(connection);
    if (stopped) {
      connection.close(Status.unavailable("the server is shutting down"));
    }
    return connection.events();
  }

  private void gone(ServerConnection connection) {
    if (connections.remove(connection)) {
      loops.release();
      closeIfIdle();
    }
  }

  private void closeIfIdle() {
    if (addressFree && connections.isEmpty()) {
      closed.countDown();
    }
  }

  private Acceptor acceptor() {
    Acceptor a = acceptor;
    if (a == null) {
      throw new IllegalStateException("not listening");
    }
    return a;
  }

  @Override
  public SocketAddress localAddress() {
    return acceptor().localAddress();
  }

  @Override
  public void drain() {
    if (stop()) {
      connections.forEach(ServerConnection::drain);
    }
  }

  private synchronized boolean stop() {
    if (stopped) {
      return false;
    }
    stopped = true;
    acceptor().close();
    return true;
  }

  @Override
  public boolean awaitClosed(Duration timeout) throws InterruptedException {
    return closed.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    stop();
    connections.forEach(c -> c.close(Status.unavailable("the server was closed")));
    try {
      awaitClosed(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
