package grpc.balancer.weightedtarget;

import grpc.api.Status;
import grpc.balancer.base.Aggregate;
import grpc.balancer.base.ChildPolicies;
import grpc.balancer.base.EndpointPath;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.Picker;
import grpc.spi.resolver.ResolverState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * A balancer for each target. Calls go to the targets in the best state, drawn by weight. It
 * connects idle targets that get no calls, so that each has its share again. A failure of a target
 * lasts until it is READY or IDLE. It publishes once for each burst of the children's changes.
 */
final class WeightedTarget implements Balancer<WeightedTargetConfig>, ChildPolicies.Parent<String> {
  private final BalancerContext context;
  private final LongUnaryOperator random;
  private final ChildPolicies<String> targets;
  private Map<String, WeightedTargetConfig.Target> configured = Map.of();

  /**
   * Starts with no targets.
   *
   * @param random returns a number from 0 to its argument, exclusive; for any thread
   */
  WeightedTarget(BalancerContext context, LongUnaryOperator random) {
    this.context = context;
    this.random = random;
    this.targets = new ChildPolicies<>(context, this);
  }

  @Override
  public Status accept(ResolverState.Resolved resolved, WeightedTargetConfig config) {
    configured = config.targets();
    if (configured.isEmpty()) {
      removeAllBut(Set.of());
      return context.fail(
          Status.unavailable(
              "weighted_target has no targets for %s: its configuration names none"
                  .formatted(context.target())));
    }
    return targets.together(() -> {
      removeAllBut(configured.keySet());
      var endpoints = EndpointPath.split(resolved.endpoints());
      Status status = Status.OK;
      for (var entry : configured.entrySet()) {
        String name = entry.getKey();
        var own = resolved.withEndpoints(endpoints.getOrDefault(name, List.of()));
        var answer = targets.accept(name, own, entry.getValue().policy());
        status = answer.isOk() ? status : answer;
      }
      return status;
    });
  }

  private void removeAllBut(Set<String> names) {
    for (var target : targets.children()) {
      if (!names.contains(target.key())) {
        targets.remove(target.key());
      }
    }
  }

  @Override
  public void resolverFailed(Status status) {
    if (targets.children().isEmpty()) {
      var _ = context.fail(status);
    }
    targets.resolverFailed(status);
  }

  @Override
  public void exitIdle() {
    targets.exitIdle();
  }

  @Override
  public void close() {
    targets.close();
  }

  private static Aggregate<ChildPolicies.Child<String>> best(
      List<ChildPolicies.Child<String>> children) {
    return Aggregate.of(children, ChildPolicies.Child::lastingState);
  }

  @Override
  public List<ChildPolicies.Child<String>> toConnect(List<ChildPolicies.Child<String>> children) {
    return best(children).passedOver();
  }

  @Override
  public void changed(List<ChildPolicies.Child<String>> children) {
    if (children.isEmpty()) {
      return; // accept has already failed the calls
    }
    var best = best(children);
    context.update(
        best.state(),
        new WeightedPicker(
            best.children().stream().mapToLong(this::weight).toArray(),
            best.children().stream().map(ChildPolicies.Child::picker).toArray(Picker[]::new),
            random));
  }

  private long weight(ChildPolicies.Child<String> child) {
    return Objects.requireNonNull(configured.get(child.key()), child.key()).weight();
  }

  /**
   * The status for endpoints whose path (A56) names no target: the resolved name is not at fault.
   */
  @Override
  public BalancerContext contextOf(ChildPolicies.Child<String> child, BalancerContext parent) {
    return new ForwardingBalancerContext(parent) {
      @Override
      public String target() {
        return "target '%s' of weighted_target in %s".formatted(child.key(), super.target());
      }
    };
  }
}
