package grpc.balancer.weightedtarget;

import grpc.balancer.base.EndpointPath;
import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.ResolverState.Resolved;
import grpc.testing.contract.BalancerContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class WeightedTargetContractTest extends BalancerContract {
  @Override
  protected BalancerProvider<?> provider() {
    return new WeightedTargetProvider();
  }

  @Override
  protected List<BalancerProvider<?>> otherPolicies() {
    return List.of(new PickFirstProvider());
  }

  private static Map<String, ?> target(int weight) {
    return Map.of("weight", weight, "childPolicy", List.of(Map.of("pick_first", Map.of())));
  }

  @Override
  protected JsonObject config() {
    return JsonObject.of(Map.of("targets", Map.of("a", target(1), "b", target(3))));
  }

  @Override
  protected Resolved prepare(Resolved resolved) {
    return resolved.withEndpoints(
        resolved.endpoints().stream()
            .flatMap(e -> Stream.of(EndpointPath.set(e, "a"), EndpointPath.set(e, "b")))
            .toList());
  }
}
