package grpc.balancer.weightedtarget;

import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.util.concurrent.ThreadLocalRandom;

/** Makes {@code weighted_target} balancers. */
public final class WeightedTargetProvider implements BalancerProvider<WeightedTargetConfig> {
  /** For the service loader. */
  public WeightedTargetProvider() {}

  @Override
  public String policyName() {
    return "weighted_target";
  }

  @Override
  public Balancer<WeightedTargetConfig> create(BalancerContext context) {
    return new WeightedTarget(context, bound -> ThreadLocalRandom.current().nextLong(bound));
  }

  @Override
  public WeightedTargetConfig parseConfig(JsonObject json, Policies policies) {
    return WeightedTargetConfig.parse(json, policies);
  }
}
