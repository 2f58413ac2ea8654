package com.acme.balancer;

import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.spi.balancer.BalancerProvider;
import grpc.testing.contract.BalancerContract;
import java.util.List;

class RandomContractTest extends BalancerContract {
  @Override
  protected BalancerProvider<?> provider() {
    return new RandomProvider();
  }

  @Override
  protected List<BalancerProvider<?>> otherPolicies() {
    return List.of(new PickFirstProvider()); // its children's
  }
}
