package grpc.kernel.check;

import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;

/** In the place of a policy that is missing, so that the rest of its config can be read. */
record UnknownPolicy(String policyName) implements BalancerProvider {
  @Override
  public Balancer create(BalancerContext context) {
    throw new IllegalStateException("policy " + policyName + " is missing");
  }
}
