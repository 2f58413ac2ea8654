package grpc.balancer.base;

import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.Picker;
import grpc.spi.resolver.ResolverState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A balancer that connects to every endpoint and picks among those in the best state. You give it
 * the picker.
 *
 * @param <C> the configuration of your policy; this class does not read it
 */
public final class AllEndpoints<C> implements Balancer<C> {
  /**
   * The policy of each endpoint. {@code childPolicies} of the providers built on this class name
   * it.
   */
  public static final String CHILD_POLICY = "pick_first";

  private final BalancerContext context;
  private final Function<List<EndpointSharding.Child>, Picker> join;
  private final Optional<EndpointSharding> sharding;

  /**
   * Starts with no endpoints.
   *
   * @param join makes your policy's picker of the endpoints' pickers, at least one; called again
   *     whenever their set changes
   */
  public AllEndpoints(BalancerContext context, Function<List<Picker>, Picker> join) {
    this(join.compose(AllEndpoints::pickers), context);
  }

  /**
   * {@return a balancer with no endpoints, for a policy that keeps state of each}
   *
   * @param join makes your policy's picker of the endpoints to pick from, at least one; called
   *     again whenever their set changes
   */
  public static <C> AllEndpoints<C> choosing(
      BalancerContext context, Function<List<EndpointSharding.Child>, Picker> join) {
    return new AllEndpoints<>(join, context);
  }

  private AllEndpoints(
      Function<List<EndpointSharding.Child>, Picker> join, BalancerContext context) {
    this.context = context;
    this.join = join;
    this.sharding =
        context
            .policy(CHILD_POLICY)
            .map(child -> new EndpointSharding(context, child, this::changed));
  }

  @Override
  public Status accept(ResolverState.Resolved resolved, C config) {
    if (sharding.isEmpty()) {
      return context.fail(
          Status.unavailable(
              "the policy needs pick_first for its endpoints: add module grpc.balancer.pickfirst"));
    }
    var status = sharding.get().accept(resolved);
    return resolved.endpoints().isEmpty() ? context.fail(context.noEndpoints()) : status;
  }

  @Override
  public void resolverFailed(Status status) {
    if (sharding.isEmpty() || sharding.get().children().isEmpty()) {
      var _ = context.fail(status);
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

  private void changed(List<EndpointSharding.Child> children) {
    if (children.isEmpty()) {
      return; // accept has already failed the calls
    }
    var aggregate = Aggregate.of(children, EndpointSharding.Child::state);
    context.update(aggregate.state(), join.apply(aggregate.children()));
  }

  private static List<Picker> pickers(List<EndpointSharding.Child> children) {
    return children.stream().map(EndpointSharding.Child::picker).toList();
  }
}
