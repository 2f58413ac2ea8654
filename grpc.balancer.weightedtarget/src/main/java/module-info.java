import grpc.balancer.weightedtarget.WeightedTargetProvider;
import grpc.spi.balancer.BalancerProvider;
import org.jspecify.annotations.NullMarked;

/**
 * The policy {@code weighted_target}: named targets with a weight and a policy each; calls go to
 * the ready targets by weight. An endpoint's {@link grpc.balancer.base.EndpointPath} names its
 * target.
 */
@NullMarked
module grpc.balancer.weightedtarget {
  requires static org.jspecify;
  requires grpc.balancer.base;
  requires grpc.spi;

  provides BalancerProvider with
      WeightedTargetProvider;
}
