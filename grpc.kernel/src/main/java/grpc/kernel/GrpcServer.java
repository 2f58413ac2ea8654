package grpc.kernel;

import grpc.api.Server;
import grpc.api.ServiceDefinition;
import grpc.spi.transport.ServerTransport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that has started; {@link #builder} makes it. */
public final class GrpcServer implements Server {
  private static final Logger log = LoggerFactory.getLogger("grpc.server");
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final List<ServerTransport> transports;
  private final List<ServiceDefinition> services;
  private final List<Runnable> drainActions;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicReference<@Nullable Termination> termination = new AtomicReference<>(null);

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
    awaitClosed(after(FOREVER));
  }

  /**
   * Has the server {@linkplain #shutdown shut down} when the process gets a signal to end, SIGTERM
   * or SIGINT for example: it refuses new calls and lets those that run end. A process that a
   * signal ends so exits with 0, where it would with 143, once all its shutdown hooks have ended,
   * those of other servers and the application's own included; {@link System#exit} keeps its code.
   * Returns at once; say it before anybody learns that the server listens. The second time it
   * changes nothing.
   *
   * @param grace how long running calls may take
   */
  public void shutdownOnExit(Duration grace) {
    shutdownOnExit(
        grace,
        ended -> {
          if (!ended) {
            log.warn("calls that still ran after {} were cancelled", grace);
          }
        });
  }

  /**
   * As {@link #shutdownOnExit(Duration)}, with an action for the time between the server's end and
   * the process's.
   *
   * @param afterwards gets whether all calls ended by themselves; the process waits for it
   */
  public void shutdownOnExit(Duration grace, Consumer<Boolean> afterwards) {
    Objects.requireNonNull(grace, "grace");
    Objects.requireNonNull(afterwards, "afterwards");
    var expected = new Termination(this, grace, afterwards);
    if (termination.compareAndSet(null, expected) && !expected.expect()) {
      close(); // the signal was faster
    }
  }

  /**
   * Serves until the server has stopped, and stops it when the process gets a signal to end: {@link
   * #shutdownOnExit}, then {@link #await}. The last line of a server's {@code main}.
   *
   * @param grace how long running calls may take once the process gets a signal to end
   * @throws InterruptedException when the waiting thread is interrupted; the server goes on
   */
  public void awaitTermination(Duration grace) throws InterruptedException {
    shutdownOnExit(grace);
    await();
  }

  @Override
  public void drain() {
    if (draining.compareAndSet(false, true)) {
      drainActions.forEach(action -> attempt("an action of onDrain", action));
    }
    transports.forEach(transport -> attempt("the transport", transport::drain));
  }

  /** If a step throws, the exception is logged and the next step runs. */
  private void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (Throwable thrown) { // another's code: the server must stop even if it throws
      log.error("{}: {} threw while the server stops; the rest goes on", this, what, thrown);
    }
  }

  @Override
  public boolean shutdown(Duration grace) throws InterruptedException {
    Objects.requireNonNull(grace, "grace"); // before anything stops
    try {
      long end = after(grace);
      drain(); // an action that takes long has its time of the grace
      return awaitClosed(end);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    transports.forEach(transport -> attempt("the transport", transport::close));
    var expected = termination.get();
    if (expected != null) {
      expected.forget();
    }
  }

  private static long after(Duration timeout) {
    return System.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
  }

  private boolean awaitClosed(long end) throws InterruptedException {
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
