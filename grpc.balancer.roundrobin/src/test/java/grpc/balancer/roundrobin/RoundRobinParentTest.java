package grpc.balancer.roundrobin;

import grpc.spi.balancer.BalancerProvider;
import grpc.testing.contract.ParentContract;

class RoundRobinParentTest extends ParentContract {
  @Override
  protected BalancerProvider<?> provider() {
    return new RoundRobinProvider();
  }
}
