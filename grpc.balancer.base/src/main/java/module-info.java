import org.jspecify.annotations.NullMarked;

/** What balancers of many endpoints are composed of. */
@NullMarked
module grpc.balancer.base {
  requires static org.jspecify;
  requires transitive grpc.spi;

  exports grpc.balancer.base;
}
