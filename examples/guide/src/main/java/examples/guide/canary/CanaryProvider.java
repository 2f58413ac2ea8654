package examples.guide.canary;

import grpc.api.Attributes;
import grpc.balancer.base.AllEndpoints;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.util.List;

/** Makes {@code acme_canary} balancers. */
public final class CanaryProvider implements BalancerProvider<CanaryConfig> {
  /** Resolvers set it on the endpoints with a new release. */
  public static final Attributes.Key<Boolean> CANARY = Attributes.Key.of("canary");

  /** For the service loader. */
  public CanaryProvider() {}

  @Override
  public String policyName() {
    return "acme_canary";
  }

  @Override
  public List<String> childPolicies() {
    return List.of(AllEndpoints.CHILD_POLICY); // pick_first, for each endpoint
  }

  @Override
  public CanaryConfig parseConfig(JsonObject json, Policies policies) {
    return CanaryConfig.parse(json);
  }

  @Override
  public Balancer<CanaryConfig> create(BalancerContext context) {
    return new Canary(context);
  }
}
