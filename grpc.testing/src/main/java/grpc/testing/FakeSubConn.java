package grpc.testing;

import grpc.api.Channel;
import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A subchannel that the test controls. Like the kernel's, it connects only when asked to, and its
 * listener gets changes in later tasks, possibly after its shutdown. Steps that the kernel never
 * makes are refused.
 */
public final class FakeSubConn implements SubConn {
  private final Address address;
  private final Listener listener;
  private final FakeScheduler scheduler;
  private ConnectivityState state = ConnectivityState.IDLE;
  private ConnectivityState reported = ConnectivityState.IDLE;
  private ConnectivityState health = ConnectivityState.READY;
  private final Set<Listener> healthListeners = new LinkedHashSet<>();
  private Optional<Channel> channel = Optional.empty();
  private boolean wasReady;
  private int attempts;
  private int changes;

  FakeSubConn(Address address, Listener listener, FakeScheduler scheduler) {
    this.address = address;
    this.listener = listener;
    this.scheduler = scheduler;
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public void connect() {
    if (state instanceof ConnectivityState.Idle) {
      attempts++;
      change(ConnectivityState.CONNECTING);
    }
  }

  @Override
  public void shutdown() {
    if (!isShutDown()) {
      change(ConnectivityState.SHUTDOWN);
    }
  }

  @Override
  public void watchHealth(Listener hearing) {
    if (state instanceof ConnectivityState.Ready) {
      healthListeners.add(hearing);
      hearing.changed(this, health);
    }
  }

  /**
   * {@return the channel from {@link #supply}}
   *
   * @throws UnsupportedOperationException when the test has supplied none
   */
  @Override
  public Channel channel() {
    return channel.orElseThrow(() ->
        new UnsupportedOperationException(
            "calls on " + this + " (expected: FakeSubConn.supply before)"));
  }

  /** Gives the balancer this channel for its calls on this subchannel, in any state. */
  public void supply(Channel calls) {
    channel = Optional.of(calls);
  }

  /**
   * Changes its server's health, which is READY before, and runs all resulting tasks. The balancer
   * gets it if it watches health.
   */
  public void healthBecomes(ConnectivityState next) {
    queueHealth(next);
    scheduler.run();
  }

  /** Changes its server's health; the balancer gets it when the scheduler runs. */
  public void queueHealth(ConnectivityState next) {
    health = next;
    int connection = changes;
    scheduler.execute(() -> {
      if (changes == connection) { // else it has no connection, or a new one
        List.copyOf(healthListeners).forEach(l -> l.changed(this, next));
      }
    });
  }

  /** {@return its server's health now, even if the balancer does not watch it} */
  public ConnectivityState health() {
    return health;
  }

  /** {@return whether the balancer watches its health} */
  public boolean isHealthWatched() {
    return !healthListeners.isEmpty();
  }

  /** {@return its connectivity now; the balancer may get it later} */
  public ConnectivityState state() {
    return state;
  }

  /** {@return the last state that its listener got} */
  public ConnectivityState reported() {
    return reported;
  }

  /** {@return whether the balancer has shut it down} */
  public boolean isShutDown() {
    return state instanceof ConnectivityState.Shutdown;
  }

  /** {@return whether it was ever READY} */
  public boolean wasReady() {
    return wasReady;
  }

  /** {@return the number of its attempts to connect} */
  public int attempts() {
    return attempts;
  }

  /** Changes its state and runs all resulting tasks. */
  public void becomes(ConnectivityState next) {
    queue(next);
    scheduler.run();
  }

  /** Fails with UNAVAILABLE and this message, and runs all resulting tasks. */
  public void fails(String message) {
    becomes(new ConnectivityState.TransientFailure(Status.unavailable(message)));
  }

  /**
   * Changes its state; its listener gets it when the scheduler runs.
   *
   * @throws IllegalStateException when a connection cannot go from its state to this one
   */
  public void queue(ConnectivityState next) {
    boolean possible =
        switch (next) {
          case ConnectivityState.Ready r -> state instanceof ConnectivityState.Connecting;
          case ConnectivityState.TransientFailure f ->
              state instanceof ConnectivityState.Connecting;
          case ConnectivityState.Idle i ->
              state instanceof ConnectivityState.Ready
                  || state instanceof ConnectivityState.TransientFailure;
          case ConnectivityState.Connecting c -> false;
          case ConnectivityState.Shutdown s -> false;
        };
    if (!possible) {
      throw new IllegalStateException(
          "%s cannot become %s (CONNECTING and SHUTDOWN are the balancer's to ask for)"
              .formatted(this, next));
    }
    change(next);
  }

  private void change(ConnectivityState next) {
    state = next;
    changes++;
    healthListeners.clear();
    wasReady |= next instanceof ConnectivityState.Ready;
    scheduler.execute(() -> {
      reported = next;
      listener.changed(this, next);
    });
  }

  @Override
  public String toString() {
    return address.socketAddress() + " " + state;
  }
}
