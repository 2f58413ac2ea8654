package grpc.balancer.pickfirst;

import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerConfig;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.util.SplittableRandom;

/** Makes {@code pick_first} balancers. */
public final class PickFirstProvider implements BalancerProvider {
  /** For the service loader. */
  public PickFirstProvider() {}

  @Override
  public String policyName() {
    return "pick_first";
  }

  @Override
  public Balancer create(BalancerContext context) {
    return new PickFirst(context, new SplittableRandom());
  }

  @Override
  public BalancerConfig parseConfig(JsonObject json, Policies policies) {
    return PickFirstConfig.parse(json);
  }
}
