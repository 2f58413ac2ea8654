/** The balancing policy {@code acme_random}. */
module com.acme.balancer {
  requires grpc.balancer.base;

  provides grpc.spi.balancer.BalancerProvider with
      com.acme.balancer.RandomProvider;
}
