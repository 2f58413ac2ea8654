package grpc.balancer.pickfirst;

import grpc.spi.balancer.BalancerProvider;
import grpc.testing.contract.BalancerContract;

class PickFirstContractTest extends BalancerContract {
  @Override
  protected BalancerProvider<?> provider() {
    return new PickFirstProvider();
  }
}
