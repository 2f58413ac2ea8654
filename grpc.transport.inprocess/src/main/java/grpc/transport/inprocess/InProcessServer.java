package grpc.transport.inprocess;

import grpc.api.Status;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that channels of this JVM connect to. Its monitor guards the set of connections. */
final class InProcessServer implements ServerTransport {
  private final InProcessAddress address;
  private final ListenerSlot point;
  private final ServerTransportOptions options;
  private final ServerStreamAcceptor acceptor;
  private final Set<InProcessConnection> connections = new HashSet<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private boolean draining;

  InProcessServer(
      InProcessAddress address,
      ListenerSlot point,
      ServerTransportOptions options,
      ServerStreamAcceptor acceptor) {
    this.address = address;
    this.point = point;
    this.options = options;
    this.acceptor = acceptor;
  }

  ServerTransportOptions options() {
    return options;
  }

  ServerStreamAcceptor acceptor() {
    return acceptor;
  }

  void accept(InProcessConnection connection) {
    boolean accepted;
    synchronized (this) {
      accepted = !draining;
      if (accepted) {
        connections.add(connection);
      }
    }
    if (!accepted) {
      connection.close(Status.unavailable("the server on " + address + " is shutting down"));
      return;
    }
    acceptor.connected(connection.serverSidePeer());
    if (!connection.open(this)) {
      ended(connection, Status.cancelled("the channel closed it at once"));
    }
  }

  void ended(InProcessConnection connection, Status reason) {
    acceptor.disconnected(connection.serverSidePeer(), reason);
    synchronized (this) {
      connections.remove(connection);
      if (draining && connections.isEmpty()) {
        gone.countDown();
      }
    }
  }

  @Override
  public SocketAddress localAddress() {
    return address;
  }

  @Override
  public void drain() {
    for (var connection : stopListening()) {
      connection.drainByServer();
    }
  }

  @Override
  public boolean awaitClosed(Duration timeout) throws InterruptedException {
    return gone.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    for (var connection : stopListening()) {
      connection.close(Status.unavailable("the server on " + address + " has closed"));
    }
  }

  private List<InProcessConnection> stopListening() {
    point.leave(this);
    synchronized (this) {
      draining = true;
      if (connections.isEmpty()) {
        gone.countDown();
      }
      return List.copyOf(connections);
    }
  }
}
