package grpc.kernel.check;

import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;

/** In the place of a policy that is missing, so that the rest of its config can be read. */
record UnknownPolicy(String policyName) implements BalancerProvider<NoConfig> {
  @Override
  public NoConfig parseConfig(JsonObject json, Policies policies) {
    return NoConfig.NONE;
  }

  @Override
  public Balancer<NoConfig> create(BalancerContext context) {
    throw new IllegalStateException("policy " + policyName + " is missing");
  }
}
