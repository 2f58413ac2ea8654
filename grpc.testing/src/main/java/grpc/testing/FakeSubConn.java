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
 * A subchannel whose fate the test decides. Like the kernel's it connects only when asked to, its
 * listener hears of changes in later tasks, possibly after it has been shut down, and steps that
 * the kernel never makes are refused.
 */
public final class FakeSubConn implements SubConn {
  private final Address address;
  private final Listener listener;
  private final FakeScheduler scheduler;
  private ConnectivityState state = ConnectivityState.IDLE;
  private ConnectivityState heard = ConnectivityState.IDLE;
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
   * {@return the channel that the test has supplied}
   *
   * @throws UnsupportedOperationException when it has supplied none
   */
  @Override
  public Channel channel() {
    return channel.orElseThrow(() ->
        new UnsupportedOperationException(
            "calls on " + this + " (expected: FakeSubConn.supply before)"));
  }

  /** Has the balancer's calls on this subchannel made by this channel, in any state. */
  public void supply(Channel calls) {
    channel = Optional.of(calls);
  }

  /**
   * Changes its server's health, which is READY until then, and runs all that follows from it; the
   * balancer hears of it if it asks.
   */
  public void healthBecomes(ConnectivityState next) {
    queueHealth(next);
    scheduler.run();
  }

  /** Changes its server's health; the balancer hears it when the scheduler comes to it. */
  public void queueHealth(ConnectivityState next) {
    health = next;
    int connection = changes;
    scheduler.execute(() -> {
      if (changes == connection) { // else it has no connection, or another
        List.copyOf(healthListeners).forEach(l -> l.changed(this, next));
      }
    });
  }

  /** {@return its server's health now, whether or not the balancer asks for it} */
  public ConnectivityState health() {
    return health;
  }

  /** {@return whether the balancer asks for its health} */
  public boolean isHealthWatched() {
    return !healthListeners.isEmpty();
  }

  /** {@return its connectivity now, whether or not the balancer has heard of it} */
  public ConnectivityState state() {
    return state;
  }

  /** {@return the last state that its listener was told} */
  public ConnectivityState heard() {
    return heard;
  }

  /** {@return whether the balancer has shut it down} */
  public boolean isShutDown() {
    return state instanceof ConnectivityState.Shutdown;
  }

  /** {@return whether it was ever READY} */
  public boolean wasReady() {
    return wasReady;
  }

  /** {@return how often it began to connect} */
  public int attempts() {
    return attempts;
  }

  /** Changes its state and runs all that follows from it. */
  public void becomes(ConnectivityState next) {
    queue(next);
    scheduler.run();
  }

  /** Fails with UNAVAILABLE and this message, and runs all that follows from it. */
  public void fails(String message) {
    becomes(new ConnectivityState.TransientFailure(Status.unavailable(message)));
  }

  /**
   * Changes its state; its listener hears it when the scheduler comes to it.
   *
   * @throws IllegalStateException when no connection goes from its state to the next
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
      heard = next;
      listener.changed(this, next);
    });
  }

  @Override
  public String toString() {
    return address.socketAddress() + " " + state;
  }
}
