package grpc.balancer.weightedtarget;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.balancer.base.Aggregate;
import grpc.balancer.base.EndpointPath;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.GracefulSwitch;
import grpc.spi.balancer.Picker;
import grpc.spi.resolver.ResolverState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * A balancer a target. Calls go to targets in the best state that there is, drawn by weight; idle
 * ones that get none are connected, so that each has its share again. All that children publish
 * within one burst reaches the parent as one change.
 */
final class WeightedTarget implements Balancer<WeightedTargetConfig> {
  private final BalancerContext context;
  private final LongUnaryOperator random;
  private final Map<String, Target> targets = new LinkedHashMap<>();
  private boolean quiet;
  private boolean announced;
  private boolean closed;

  /**
   * A balancer with no targets.
   *
   * @param random a number from 0 up to and without its argument; for any thread
   */
  WeightedTarget(BalancerContext context, LongUnaryOperator random) {
    this.context = context;
    this.random = random;
  }

  @Override
  public Status accept(ResolverState.Resolved resolved, WeightedTargetConfig config) {
    if (config.targets().isEmpty()) {
      removeAllBut(Map.of());
      return context.fail(
          Status.unavailable(
              "weighted_target has no targets for %s: its configuration names none"
                  .formatted(context.target())));
    }
    quiet = true;
    removeAllBut(config.targets());
    var endpoints = EndpointPath.split(resolved.endpoints());
    Status status = Status.OK;
    for (var entry : config.targets().entrySet()) {
      var target = targets.computeIfAbsent(entry.getKey(), Target::new);
      var answer =
          target.accept(
              entry.getValue(),
              resolved.withEndpoints(endpoints.getOrDefault(entry.getKey(), List.of())));
      status = answer.isOk() ? status : answer;
    }
    quiet = false;
    announce();
    return status;
  }

  private void removeAllBut(Map<String, ?> kept) {
    for (var entries = targets.entrySet().iterator(); entries.hasNext(); ) {
      var entry = entries.next();
      if (!kept.containsKey(entry.getKey())) {
        entries.remove();
        entry.getValue().policy.close();
      }
    }
  }

  @Override
  public void resolverFailed(Status status) {
    if (targets.isEmpty()) {
      var _ = context.fail(status);
    }
    targets.values().forEach(target -> target.policy.resolverFailed(status));
  }

  @Override
  public void exitIdle() {
    targets.values().forEach(target -> target.policy.exitIdle());
  }

  @Override
  public void close() {
    closed = true;
    removeAllBut(Map.of());
  }

  private void announce() {
    announced = false;
    if (closed || targets.isEmpty()) {
      return;
    }
    quiet = true; // what they publish at once belongs to this announcement
    best().passedOver().forEach(target -> target.policy.exitIdle());
    quiet = false;
    var best = best();
    context.update(
        best.state(),
        new WeightedPicker(
            best.children().stream().mapToLong(target -> target.weight).toArray(),
            best.children().stream().map(target -> target.picker).toArray(Picker[]::new),
            random));
  }

  private Aggregate<Target> best() {
    return Aggregate.of(List.copyOf(targets.values()), target -> target.state);
  }

  /** One target: its policy, and what that published last. */
  private final class Target extends ForwardingBalancerContext {
    private final String name;
    private final GracefulSwitch policy = new GracefulSwitch(this);
    private long weight;
    private ConnectivityState state = ConnectivityState.CONNECTING;
    private Picker picker = Picker.QUEUE;

    Target(String name) {
      super(context);
      this.name = name;
    }

    /** That an endpoint's path (A56) leads nowhere is no fault of the name that was resolved. */
    @Override
    public String target() {
      return "target '%s' of weighted_target in %s".formatted(name, super.target());
    }

    Status accept(WeightedTargetConfig.Target config, ResolverState.Resolved resolved) {
      weight = config.weight();
      return policy.accept(resolved, config.policy());
    }

    @Override
    public void update(ConnectivityState connectivity, Picker published) {
      picker = published;
      boolean recovering =
          state instanceof ConnectivityState.TransientFailure
              && connectivity instanceof ConnectivityState.Connecting;
      if (!recovering) {
        state = connectivity; // a failure lasts until READY or IDLE
      }
      if (!quiet && !announced) {
        announced = true;
        context.scheduler().execute(WeightedTarget.this::announce);
      }
    }
  }
}
