package grpc.kernel.subchannel;

import grpc.kernel.info.SubchannelSnapshot;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.Backoff;
import grpc.spi.schedule.SerialScheduler;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * A channel's connections by address and its attributes, so that two policies, or two children of
 * one, share what goes to the same place. On the channel's serial executor.
 */
public final class SubchannelPool {
  private final SerialScheduler scheduler;
  private final OpenTransports connections;
  private final HealthChecks health;
  private final DirectChannels direct;
  private final DoubleSupplier random;
  private final Map<Address, Subchannel> shared = new HashMap<>();

  /** Of addresses without a connection object; the one that was let go of first comes first. */
  private final Map<Address, ConnectBackoff> kept = new LinkedHashMap<>();

  /**
   * No connections.
   *
   * @param random numbers in [0, 1), for backoffs
   */
  public SubchannelPool(
      SerialScheduler scheduler,
      OpenTransports connections,
      HealthChecks health,
      DirectChannels direct,
      DoubleSupplier random) {
    this.scheduler = scheduler;
    this.connections = connections;
    this.health = health;
    this.direct = direct;
    this.random = random;
  }

  public SubchannelHandle open(Address address, SubConn.Listener listener) {
    return new SubchannelHandle(
        shared.computeIfAbsent(address, this::connection), listener, scheduler, health, direct);
  }

  private Subchannel connection(Address address) {
    var before = kept.remove(address);
    var backoff = before != null ? before : new ConnectBackoff(scheduler, new Backoff(random));
    return new Subchannel(address, scheduler, connections, backoff, () -> unused(address, backoff));
  }

  /**
   * A policy that goes to and fro between servers that drop their connections must not forget, with
   * each connection, that its server did.
   */
  private void unused(Address address, ConnectBackoff backoff) {
    shared.remove(address);
    for (var oldest = kept.values().iterator(); oldest.hasNext(); ) {
      if (oldest.next().isWorthKeeping()) {
        break;
      }
      oldest.remove();
    }
    if (backoff.isWorthKeeping()) {
      kept.put(address, backoff);
    }
  }

  /** Shuts all of them down. */
  public void shutdown() {
    List.copyOf(shared.values()).forEach(Subchannel::shutdown);
    kept.clear();
  }

  public List<SubchannelSnapshot> snapshot() {
    return shared.values().stream().map(Subchannel::snapshot).toList();
  }

  public void resetBackoff() {
    kept.clear();
    List.copyOf(shared.values()).forEach(Subchannel::resetBackoff);
  }
}
