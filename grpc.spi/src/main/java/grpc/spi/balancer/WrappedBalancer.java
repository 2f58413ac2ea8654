package grpc.spi.balancer;

import grpc.api.Status;
import grpc.spi.resolver.ResolverState;

/** A balancer with its configuration, within a policy that has another configuration. */
record WrappedBalancer<C, P>(Balancer<C> balancer, C config) implements Balancer<P> {
  @Override
  public Status accept(ResolverState.Resolved resolved, P ignored) {
    return balancer.accept(resolved, config);
  }

  @Override
  public void resolverFailed(Status status) {
    balancer.resolverFailed(status);
  }

  @Override
  public void exitIdle() {
    balancer.exitIdle();
  }

  @Override
  public void close() {
    balancer.close();
  }
}
