package grpc.balancer.pickfirst;

import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.util.SplittableRandom;

/** Makes {@code pick_first} balancers. */
public final class PickFirstProvider implements BalancerProvider<PickFirstConfig> {
  /** For the service loader. */
  public PickFirstProvider() {}

  @Override
  public String policyName() {
    return "pick_first";
  }

  @Override
  public Balancer<PickFirstConfig> create(BalancerContext context) {
    return new PickFirst(context, new SplittableRandom());
  }

  @Override
  public PickFirstConfig parseConfig(JsonObject json, Policies policies) {
    return PickFirstConfig.parse(json);
  }
}
