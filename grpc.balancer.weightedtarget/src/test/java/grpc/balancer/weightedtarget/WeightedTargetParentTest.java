package grpc.balancer.weightedtarget;

import grpc.balancer.base.EndpointPath;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.ResolverState.Resolved;
import grpc.testing.contract.ParentContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class WeightedTargetParentTest extends ParentContract {
  private static Map<String, ?> target(double weight) {
    return Map.of("weight", weight, "childPolicy", List.of(Map.of("pick_first", Map.of())));
  }

  @Override
  protected BalancerProvider<?> provider() {
    return new WeightedTargetProvider();
  }

  @Override
  protected JsonObject config() {
    return JsonObject.of(
        Map.of("targets", Map.of("t0", target(90), "t1", target(8), "t2", target(2))));
  }

  @Override
  protected Resolved prepare(Resolved resolved) {
    var endpoints = new ArrayList<>(resolved.endpoints());
    endpoints.replaceAll(e -> EndpointPath.set(e, "t" + resolved.endpoints().indexOf(e)));
    return ResolverState.resolved(endpoints);
  }
}
