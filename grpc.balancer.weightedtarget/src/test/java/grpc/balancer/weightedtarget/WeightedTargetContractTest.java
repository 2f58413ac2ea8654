package grpc.balancer.weightedtarget;

import grpc.balancer.base.EndpointPath;
import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.spi.balancer.BalancerConfig;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.resolver.ResolverState.Resolved;
import grpc.testing.contract.BalancerContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class WeightedTargetContractTest extends BalancerContract {
  @Override
  protected BalancerProvider provider() {
    return new WeightedTargetProvider();
  }

  @Override
  protected List<BalancerProvider> otherPolicies() {
    return List.of(new PickFirstProvider());
  }

  @Override
  protected BalancerConfig config() {
    var policy = new Policies.Choice(new PickFirstProvider(), BalancerConfig.NONE);
    return new WeightedTargetConfig(
        Map.of(
            "a", new WeightedTargetConfig.Target(1, policy),
            "b", new WeightedTargetConfig.Target(3, policy)));
  }

  @Override
  protected Resolved prepare(Resolved resolved) {
    return resolved.withEndpoints(
        resolved.endpoints().stream()
            .flatMap(e -> Stream.of(EndpointPath.set(e, "a"), EndpointPath.set(e, "b")))
            .toList());
  }
}
