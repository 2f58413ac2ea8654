import org.jspecify.annotations.NullMarked;

/** The {@code acme_random} policy: each call goes to a ready backend chosen at random. */
@NullMarked
module examples.balancer.random {
  requires static org.jspecify;
  requires grpc.balancer.base;

  provides grpc.spi.balancer.BalancerProvider with
      examples.balancer.random.RandomProvider;
}
