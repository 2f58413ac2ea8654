package grpc.kernel;

import grpc.api.Server;
import grpc.api.ServiceDefinition;
import grpc.spi.transport.ServerTransport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that has started; {@link #builder} makes it. */
public final class GrpcServer implements Server {
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final List<ServerTransport> transports;
  private final List<ServiceDefinition> services;
  private final List<Runnable> drainActions;
  private final AtomicBoolean draining = new AtomicBoolean();

  GrpcServer(
      List<ServerTransport> transports,
      List<ServiceDefinition> services,
      List<Runnable> drainActions) {
    this.transports = List.copyOf(transports);
    this.drainActions = List.copyOf(drainActions);
    this.services = List.copyOf(services);
  }

  /** {@return a builder of a server} */
  public static GrpcServerBuilder builder() {
    return new GrpcServerBuilder();
  }

  @Override
  public List<SocketAddress> addresses() {
    return transports.stream().map(ServerTransport::localAddress).toList();
  }

  @Override
  public int port() {
    for (var address : addresses()) {
      if (address instanceof InetSocketAddress inet) {
        return inet.getPort();
      }
    }
    throw new IllegalStateException("no TCP port: the server listens on " + addresses());
  }

  @Override
  public List<ServiceDefinition> services() {
    return services;
  }

  @Override
  public void await() throws InterruptedException {
    awaitClosed(FOREVER);
  }

  @Override
  public void drain() {
    if (draining.compareAndSet(false, true)) {
      drainActions.forEach(Runnable::run);
    }
    transports.forEach(ServerTransport::drain);
  }

  @Override
  public boolean shutdown(Duration grace) throws InterruptedException {
    try {
      drain();
      return awaitClosed(grace);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    transports.forEach(ServerTransport::close);
  }

  private boolean awaitClosed(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    boolean closed = true;
    for (var transport : transports) {
      closed &= transport.awaitClosed(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    return closed;
  }

  @Override
  public String toString() {
    return "GrpcServer" + addresses();
  }
}
