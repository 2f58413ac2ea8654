package grpc.balancer.roundrobin;

import grpc.balancer.base.AllEndpoints;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes {@code round_robin} balancers. */
public final class RoundRobinProvider implements BalancerProvider<NoConfig> {
  /** For the service loader. */
  public RoundRobinProvider() {}

  @Override
  public String policyName() {
    return "round_robin";
  }

  @Override
  public List<String> childPolicies() {
    return List.of(AllEndpoints.CHILD_POLICY);
  }

  @Override
  public NoConfig parseConfig(JsonObject json, Policies policies) {
    return NoConfig.NONE;
  }

  @Override
  public Balancer<NoConfig> create(BalancerContext context) {
    return create(context, new SplittableRandom());
  }

  static Balancer<NoConfig> create(BalancerContext context, RandomGenerator random) {
    return new AllEndpoints<>(context, pickers -> new RotatingPicker(pickers, random));
  }
}
