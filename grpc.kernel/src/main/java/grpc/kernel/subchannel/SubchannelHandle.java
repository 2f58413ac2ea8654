package grpc.kernel.subchannel;

import grpc.api.Channel;
import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;
import org.jspecify.annotations.Nullable;

/**
 * A balancer's share in the connection to an address: it starts IDLE even if the connection is up
 * already, and follows it only after it connects. Everything but {@link #connection()} happens on
 * the channel's serial executor.
 */
public final class SubchannelHandle extends PickTarget {
  private final Subchannel shared;
  private final Listener listener;
  private final SerialScheduler scheduler;
  private final HealthChecks health;
  private final DirectChannels direct;
  private ConnectivityState state = ConnectivityState.IDLE;
  private HealthChecks.@Nullable Watch healthWatch;
  private @Nullable DirectSubConn line;

  SubchannelHandle(
      Subchannel shared,
      Listener listener,
      SerialScheduler scheduler,
      HealthChecks health,
      DirectChannels direct) {
    this.shared = shared;
    this.listener = listener;
    this.scheduler = scheduler;
    this.health = health;
    this.direct = direct;
    shared.attach(this);
  }

  @Override
  public Address address() {
    return shared.address();
  }

  @Override
  public void connect() {
    if (state instanceof ConnectivityState.Idle) {
      become(ConnectivityState.CONNECTING, null, Status.OK);
      shared.connect(this);
    }
  }

  @Override
  public void shutdown() {
    if (!(state instanceof ConnectivityState.Shutdown)) {
      become(
          ConnectivityState.SHUTDOWN,
          null,
          Status.unavailable("the subchannel to " + address().socketAddress() + " was shut down"));
      shared.detach(this);
    }
  }

  @Override
  public Channel channel() {
    if (line == null) {
      line = new DirectSubConn(this, direct);
      line.follow(state, connection(), Status.OK);
    }
    return line.channel();
  }

  @Override
  public void watchHealth(Listener hearing) {
    if (connection() != null) {
      if (healthWatch == null) {
        healthWatch = health.watch(this);
      }
      healthWatch.tell(hearing);
    }
  }

  private void stopHealthWatch() {
    if (healthWatch != null) {
      healthWatch.cancel(); // before the connection drains, which waits for all streams
      healthWatch = null;
    }
  }

  /**
   * Follows the connection, as far as a subchannel in its state does.
   *
   * @param why the end of a connection that is lost
   */
  void follow(ConnectivityState next, @Nullable ReadyConnection ready, Status why) {
    boolean follows =
        switch (next) {
          case ConnectivityState.Ready r -> state instanceof ConnectivityState.Connecting;
          case ConnectivityState.TransientFailure f ->
              state instanceof ConnectivityState.Connecting;
          case ConnectivityState.Idle i ->
              state instanceof ConnectivityState.Ready
                  || state instanceof ConnectivityState.TransientFailure;
          case ConnectivityState.Connecting c ->
              false; // only the handle that asked to connect does
          case ConnectivityState.Shutdown s -> false;
        };
    if (follows) {
      become(next, ready, why);
    }
  }

  private void become(ConnectivityState next, @Nullable ReadyConnection ready, Status why) {
    state = next;
    carriesCallsOver(ready);
    stopHealthWatch();
    if (line != null) {
      line.follow(next, ready, why); // before the connection drains, too
    }
    scheduler.execute(() -> listener.changed(this, next)); // never into a balancer that is running
  }

  @Override
  public String toString() {
    return address().socketAddress() + " " + state;
  }
}
