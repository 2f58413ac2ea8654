package grpc.testing.contract;

import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.ResolverState.Resolved;
import grpc.testing.FakeChannel;

/**
 * A balancer under test with its configuration.
 *
 * @param balancer the balancer
 * @param config its configuration
 * @param <C> the type of the configuration
 */
record ConfiguredBalancer<C>(Balancer<C> balancer, C config) implements AutoCloseable {
  static <C> ConfiguredBalancer<C> of(
      BalancerProvider<C> provider, FakeChannel channel, JsonObject config) {
    var choice = channel.policies().configure(provider, config);
    return new ConfiguredBalancer<>(provider.create(channel), choice.config());
  }

  Status accept(Resolved resolved) {
    return balancer.accept(resolved, config);
  }

  void resolverFailed(Status status) {
    balancer.resolverFailed(status);
  }

  void exitIdle() {
    balancer.exitIdle();
  }

  @Override
  public void close() {
    balancer.close();
  }
}
