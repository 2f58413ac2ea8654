package grpc.kernel.channel;

import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;
import grpc.spi.transport.ClientTransport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address and the connection to it. Everything but {@link #transport} happens on the channel's
 * serial executor. A connection that drains leaves the subchannel at once and lives on in {@link
 * Connections} until its last call has ended.
 */
public final class Subchannel implements SubConn {
  private static final Logger log = LoggerFactory.getLogger(Subchannel.class);
  private static final Duration MIN_CONNECT_TIMEOUT = Duration.ofSeconds(20);

  private final Address address;
  private final Listener listener;
  private final SerialScheduler scheduler;
  private final Connections connections;
  private final Backoff backoff;
  private ConnectivityState state = ConnectivityState.IDLE;
  private @Nullable Attempt attempt;
  private volatile @Nullable ClientTransport transport;

  Subchannel(
      Address address,
      Listener listener,
      SerialScheduler scheduler,
      Connections connections,
      Backoff backoff) {
    this.address = address;
    this.listener = listener;
    this.scheduler = scheduler;
    this.connections = connections;
    this.backoff = backoff;
  }

  /** {@return the connection while it is READY, else null; read by calls on their own threads} */
  public @Nullable ClientTransport transport() {
    return transport;
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public void connect() {
    if (!(state instanceof ConnectivityState.Idle)) {
      return;
    }
    become(ConnectivityState.CONNECTING);
    var delay = backoff.next();
    var timeout = delay.compareTo(MIN_CONNECT_TIMEOUT) > 0 ? delay : MIN_CONNECT_TIMEOUT;
    var next = new Attempt(scheduler.nanoTime() + delay.toNanos());
    attempt = next;
    try {
      next.transport = connections.connect(address, timeout, next);
    } catch (RuntimeException e) {
      next.closed(Status.unavailable("cannot connect to " + where() + ": " + e.getMessage()));
    }
  }

  @Override
  public void shutdown() {
    if (state instanceof ConnectivityState.Shutdown) {
      return;
    }
    boolean connected = state instanceof ConnectivityState.Ready;
    var last = detach();
    become(ConnectivityState.SHUTDOWN);
    if (last != null && last.transport != null) {
      if (connected) {
        last.transport.drain();
      } else {
        last.transport.close(Status.cancelled("the subchannel was shut down"));
      }
    }
  }

  private @Nullable Attempt detach() {
    var last = attempt;
    attempt = null;
    transport = null;
    return last;
  }

  private void become(ConnectivityState next) {
    log.debug("{}: {}", address.socketAddress(), next);
    state = next;
    scheduler.execute(() -> listener.changed(this, next)); // never into a balancer that is running
  }

  private String where() {
    return address.socketAddress().toString();
  }

  @Override
  public String toString() {
    return where() + " " + state;
  }

  /** One connection from its first try to its end. */
  private final class Attempt implements ClientTransport.Listener {
    private final long nextNanos;
    private @Nullable ClientTransport transport;

    Attempt(long nextNanos) {
      this.nextNanos = nextNanos;
    }

    @Override
    public void ready(Peer peer) {
      scheduler.execute(() -> {
        if (attempt == this && transport != null) {
          backoff.reset();
          Subchannel.this.transport = transport;
          become(ConnectivityState.READY);
        }
      });
    }

    @Override
    public void draining(Status reason) {
      scheduler.execute(() -> lost(reason));
    }

    @Override
    public void closed(Status reason) {
      scheduler.execute(() -> {
        if (transport != null) {
          connections.gone(transport);
        }
        lost(reason);
      });
    }

    private void lost(Status reason) {
      if (attempt != this) {
        return;
      }
      boolean wasReady = state instanceof ConnectivityState.Ready;
      detach();
      if (wasReady) {
        become(ConnectivityState.IDLE);
        return;
      }
      log.info("cannot connect to {}: {}", address.socketAddress(), reason);
      become(new ConnectivityState.TransientFailure(reason));
      long wait = Math.max(0, nextNanos - scheduler.nanoTime());
      scheduler.schedule(
          Duration.ofNanos(wait),
          () -> {
            if (state instanceof ConnectivityState.TransientFailure) {
              become(ConnectivityState.IDLE);
            }
          });
    }
  }
}
