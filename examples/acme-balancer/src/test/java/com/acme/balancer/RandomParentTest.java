package com.acme.balancer;

import grpc.spi.balancer.BalancerProvider;
import grpc.testing.contract.ParentContract;

class RandomParentTest extends ParentContract {
  @Override
  protected BalancerProvider<?> provider() {
    return new RandomProvider();
  }
}
