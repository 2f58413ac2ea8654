import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.spi.balancer.BalancerProvider;
import org.jspecify.annotations.NullMarked;

/** The policy {@code pick_first}: all calls go to the first address that accepts a connection. */
@NullMarked
module grpc.balancer.pickfirst {
  requires static org.jspecify;
  requires grpc.spi;

  provides BalancerProvider with
      PickFirstProvider;
}
