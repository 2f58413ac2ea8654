import grpc.balancer.leastrequest.LeastRequestProvider;
import grpc.spi.balancer.BalancerProvider;
import org.jspecify.annotations.NullMarked;

/**
 * The policy {@code least_request_experimental} (A48): of a few endpoints drawn at random, a call
 * goes to the one with the fewest calls running.
 */
@NullMarked
module grpc.balancer.leastrequest {
  requires static org.jspecify;
  requires grpc.balancer.base;
  requires grpc.spi;

  provides BalancerProvider with
      LeastRequestProvider;
}
