package grpc.balancer.pickfirst;

import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerConfig;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import java.util.Map;

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
    return new PickFirst(context);
  }

  @Override
  public BalancerConfig parseConfig(Map<String, ?> json) {
    return switch (json.get("shuffleAddressList")) {
      case null -> new PickFirstConfig(false);
      case Boolean shuffle -> new PickFirstConfig(shuffle);
      case Object other ->
          throw new IllegalArgumentException(
              "pick_first.shuffleAddressList: " + other + " (expected: true or false)");
    };
  }
}
