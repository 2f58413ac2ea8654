package grpc.kernel.channel;

import grpc.api.Status;
import grpc.kernel.registry.Providers;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerConfig;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.SerialScheduler;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A balancer with its context, on the channel's serial executor. */
final class RunningPolicy implements BalancerContext {
  /** The channel. */
  interface Owner {
    void update(RunningPolicy from, Picker picker);

    void resolveNow();
  }

  private static final Logger log = LoggerFactory.getLogger(RunningPolicy.class);

  private final String name;
  private final Providers providers;
  private final SerialScheduler scheduler;
  private final Connections connections;
  private final Owner owner;
  private final Balancer balancer;

  RunningPolicy(
      BalancerProvider provider,
      Providers providers,
      SerialScheduler scheduler,
      Connections connections,
      Owner owner) {
    this.name = provider.policyName();
    this.providers = providers;
    this.scheduler = scheduler;
    this.connections = connections;
    this.owner = owner;
    this.balancer = provider.create(this);
  }

  String name() {
    return name;
  }

  Status accept(ResolverState.Resolved resolved, BalancerConfig config) {
    return balancer.accept(resolved, config);
  }

  void resolverFailed(Status status) {
    balancer.resolverFailed(status);
  }

  void close() {
    balancer.close();
  }

  @Override
  public SubConn newSubConn(Address address, SubConn.Listener listener) {
    var backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    return new Subchannel(address, listener, scheduler, connections, backoff);
  }

  @Override
  public void update(ConnectivityState connectivity, Picker picker) {
    log.debug("policy {}: {}", name, connectivity);
    owner.update(this, picker);
  }

  @Override
  public void resolveNow() {
    owner.resolveNow();
  }

  @Override
  public Optional<BalancerProvider> policy(String policyName) {
    return providers.balancers().find(policyName);
  }

  @Override
  public SerialScheduler scheduler() {
    return scheduler;
  }
}
