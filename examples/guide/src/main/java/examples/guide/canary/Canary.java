package examples.guide.canary;

import grpc.api.Status;
import grpc.balancer.base.AllEndpoints;
import grpc.balancer.base.EndpointSharding;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.resolver.ResolverState;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Gives canaries their share of the calls. If a pool is empty, the other gets all calls. */
final class Canary implements Balancer<CanaryConfig> {
  private final AllEndpoints<CanaryConfig> endpoints;
  private CanaryConfig config = new CanaryConfig(1);

  Canary(BalancerContext context) {
    this.endpoints = AllEndpoints.choosing(context, this::join);
  }

  @Override
  public Status accept(ResolverState.Resolved resolved, CanaryConfig parsed) {
    config = parsed; // before the endpoints: they ask for a picker at once
    return endpoints.accept(resolved, parsed);
  }

  private Picker join(List<EndpointSharding.Child> ready) {
    return new CanaryPicker(pickers(ready, true), pickers(ready, false), config.percent());
  }

  private static List<Picker> pickers(List<EndpointSharding.Child> ready, boolean canary) {
    return ready.stream()
        .filter(c -> canary == c.endpoint().attributes().find(CanaryProvider.CANARY).orElse(false))
        .map(EndpointSharding.Child::picker)
        .toList();
  }

  @Override
  public void resolverFailed(Status status) {
    endpoints.resolverFailed(status);
  }

  @Override
  public void exitIdle() {
    endpoints.exitIdle();
  }

  @Override
  public void close() {
    endpoints.close();
  }

  /** Immutable: a new configuration makes a new one. */
  private record CanaryPicker(List<Picker> canaries, List<Picker> others, int percent)
      implements Picker {
    @Override
    public PickResult pick(PickInfo info) {
      var random = ThreadLocalRandom.current();
      boolean canary = others.isEmpty() || !canaries.isEmpty() && random.nextInt(100) < percent;
      var pool = canary ? canaries : others;
      return pool.get(random.nextInt(pool.size())).pick(info);
    }
  }
}
