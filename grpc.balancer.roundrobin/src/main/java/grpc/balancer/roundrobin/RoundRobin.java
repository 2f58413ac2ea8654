package grpc.balancer.roundrobin;

import grpc.api.Status;
import grpc.balancer.base.Aggregate;
import grpc.balancer.base.EndpointSharding;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerConfig;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.PickResult;
import grpc.spi.resolver.ResolverState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** One pick_first child an endpoint; picks only among the children of the best state. */
final class RoundRobin implements Balancer {
  private static final String CHILD_POLICY = "pick_first";

  private final BalancerContext context;
  private final Optional<EndpointSharding> sharding;

  RoundRobin(BalancerContext context) {
    this.context = context;
    this.sharding =
        context
            .policy(CHILD_POLICY)
            .map(child -> new EndpointSharding(context, child, this::changed));
  }

  @Override
  public Status accept(ResolverState.Resolved resolved, BalancerConfig config) {
    if (sharding.isEmpty()) {
      return fail(
          Status.unavailable(
              "round_robin needs the policy pick_first: add module grpc.balancer.pickfirst"));
    }
    var status = sharding.get().accept(resolved, BalancerConfig.NONE);
    return resolved.endpoints().isEmpty()
        ? fail(Status.unavailable("the resolver found no endpoints"))
        : status;
  }

  @Override
  public void resolverFailed(Status status) {
    if (sharding.isEmpty() || sharding.get().children().isEmpty()) {
      fail(status);
    } else {
      sharding.get().resolverFailed(status);
    }
  }

  @Override
  public void exitIdle() {
    sharding.ifPresent(EndpointSharding::exitIdle);
  }

  @Override
  public void close() {
    sharding.ifPresent(EndpointSharding::close);
  }

  private Status fail(Status status) {
    var failing = PickResult.fail(status);
    context.update(new ConnectivityState.TransientFailure(status), info -> failing);
    return status;
  }

  private void changed(List<EndpointSharding.Child> children) {
    if (children.isEmpty()) {
      return; // accept tells
    }
    var aggregate = Aggregate.of(children);
    context.update(
        aggregate.state(),
        new RotatingPicker(
            aggregate.pickers(), ThreadLocalRandom.current().nextInt(aggregate.pickers().size())));
    for (var child : children) {
      if (child.state() instanceof ConnectivityState.Idle) {
        child.exitIdle(); // round_robin keeps every endpoint connected
      }
    }
  }
}
