package grpc.kernel.channel;

import grpc.kernel.snapshot.SubchannelSnapshot;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.Backoff;
import grpc.spi.schedule.SerialScheduler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * A channel's connections by address and its attributes, so that two policies, or two children of
 * one, share what goes to the same place. On the channel's serial executor.
 */
final class Subchannels {
  private final SerialScheduler scheduler;
  private final Connections connections;
  private final HealthChecks health;
  private final DirectCalls direct;
  private final DoubleSupplier random;
  private final Map<Address, SharedConnection> shared = new HashMap<>();

  /**
   * No connections.
   *
   * @param random numbers in [0, 1), for backoffs
   */
  Subchannels(
      SerialScheduler scheduler,
      Connections connections,
      HealthChecks health,
      DirectCalls direct,
      DoubleSupplier random) {
    this.scheduler = scheduler;
    this.connections = connections;
    this.health = health;
    this.direct = direct;
    this.random = random;
  }

  Subchannel open(Address address, SubConn.Listener listener) {
    return new Subchannel(
        shared.computeIfAbsent(address, this::connection), listener, scheduler, health, direct);
  }

  private SharedConnection connection(Address address) {
    return new SharedConnection(
        address, scheduler, connections, new Backoff(random), () -> shared.remove(address));
  }

  /** Shuts all of them down. */
  void shutdown() {
    List.copyOf(shared.values()).forEach(SharedConnection::shutdown);
  }

  List<SubchannelSnapshot> snapshot() {
    return shared.values().stream().map(SharedConnection::snapshot).toList();
  }

  void resetBackoff() {
    List.copyOf(shared.values()).forEach(SharedConnection::resetBackoff);
  }
}
