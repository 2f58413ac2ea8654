package grpc.balancer.leastrequest;

import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.spi.balancer.BalancerProvider;
import grpc.testing.contract.BalancerContract;
import java.util.List;

class LeastRequestContractTest extends BalancerContract {
  @Override
  protected BalancerProvider<?> provider() {
    return new LeastRequestProvider();
  }

  @Override
  protected List<BalancerProvider<?>> otherPolicies() {
    return List.of(new PickFirstProvider());
  }
}
