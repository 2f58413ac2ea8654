package grpc.kernel.channel;

import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import grpc.spi.transport.ClientTransport;
import org.jspecify.annotations.Nullable;

/**
 * A balancer's share in the connection to an address: it starts IDLE even where the connection is
 * up already, and hears nothing of it until it connects. Everything but {@link #transport} happens
 * on the channel's serial executor.
 */
public final class Subchannel implements SubConn {
  private final SharedConnection connection;
  private final Listener listener;
  private final SerialScheduler scheduler;
  private final HealthChecks health;
  private ConnectivityState state = ConnectivityState.IDLE;
  private @Nullable Cancellable healthWatch;
  private volatile @Nullable ClientTransport transport;

  Subchannel(
      SharedConnection connection,
      Listener listener,
      SerialScheduler scheduler,
      HealthChecks health) {
    this.connection = connection;
    this.listener = listener;
    this.scheduler = scheduler;
    this.health = health;
    connection.attach(this);
  }

  /** {@return the connection while it is READY, else null; read by calls on their own threads} */
  public @Nullable ClientTransport transport() {
    return transport;
  }

  @Override
  public Address address() {
    return connection.address();
  }

  @Override
  public void connect() {
    if (state instanceof ConnectivityState.Idle) {
      become(ConnectivityState.CONNECTING, null);
      connection.connect(this);
    }
  }

  @Override
  public void shutdown() {
    if (!(state instanceof ConnectivityState.Shutdown)) {
      become(ConnectivityState.SHUTDOWN, null);
      connection.detach(this);
    }
  }

  @Override
  public void watchHealth(Listener hearing) {
    var ready = transport;
    if (ready != null) {
      stopHealthWatch();
      healthWatch = health.watch(this, ready, hearing);
    }
  }

  private void stopHealthWatch() {
    if (healthWatch != null) {
      healthWatch.cancel(); // before the connection drains, which waits for all streams
      healthWatch = null;
    }
  }

  /** Follows the connection, as far as a subchannel in its state does. */
  void follow(ConnectivityState next, @Nullable ClientTransport ready) {
    boolean follows =
        switch (next) {
          case ConnectivityState.Ready r -> state instanceof ConnectivityState.Connecting;
          case ConnectivityState.TransientFailure f ->
              state instanceof ConnectivityState.Connecting;
          case ConnectivityState.Idle i ->
              state instanceof ConnectivityState.Ready
                  || state instanceof ConnectivityState.TransientFailure;
          case ConnectivityState.Connecting c -> false; // only who asked to connect does
          case ConnectivityState.Shutdown s -> false;
        };
    if (follows) {
      become(next, ready);
    }
  }

  private void become(ConnectivityState next, @Nullable ClientTransport ready) {
    state = next;
    transport = ready;
    stopHealthWatch();
    scheduler.execute(() -> listener.changed(this, next)); // never into a balancer that is running
  }

  @Override
  public String toString() {
    return address().socketAddress() + " " + state;
  }
}
