package grpc.balancer.roundrobin;

import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.spi.balancer.BalancerProvider;
import grpc.testing.contract.BalancerContract;
import java.util.List;

class RoundRobinContractTest extends BalancerContract {
  @Override
  protected BalancerProvider<?> provider() {
    return new RoundRobinProvider();
  }

  @Override
  protected List<BalancerProvider<?>> otherPolicies() {
    return List.of(new PickFirstProvider());
  }
}
