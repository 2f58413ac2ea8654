package grpc.balancer.leastrequest;

import grpc.spi.balancer.BalancerProvider;
import grpc.testing.contract.ParentContract;

class LeastRequestParentTest extends ParentContract {
  @Override
  protected BalancerProvider<?> provider() {
    return new LeastRequestProvider();
  }
}
