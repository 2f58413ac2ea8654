import grpc.balancer.roundrobin.RoundRobinProvider;
import grpc.spi.balancer.BalancerProvider;
import org.jspecify.annotations.NullMarked;

/** The policy {@code round_robin}: calls go to all ready endpoints in turn. */
@NullMarked
module grpc.balancer.roundrobin {
  requires static org.jspecify;
  requires grpc.balancer.base;
  requires grpc.spi;

  provides BalancerProvider with
      RoundRobinProvider;
}
