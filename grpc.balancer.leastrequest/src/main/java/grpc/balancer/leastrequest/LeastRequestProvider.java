package grpc.balancer.leastrequest;

import grpc.balancer.base.AllEndpoints;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Makes {@code least_request_experimental} balancers. */
public final class LeastRequestProvider implements BalancerProvider<LeastRequestConfig> {
  /** For the service loader. */
  public LeastRequestProvider() {}

  @Override
  public String policyName() {
    return "least_request_experimental";
  }

  @Override
  public List<String> childPolicies() {
    return List.of(AllEndpoints.CHILD_POLICY);
  }

  @Override
  public Balancer<LeastRequestConfig> create(BalancerContext context) {
    return new LeastRequest(context, bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  @Override
  public LeastRequestConfig parseConfig(JsonObject json, Policies policies) {
    return LeastRequestConfig.parse(json);
  }
}
