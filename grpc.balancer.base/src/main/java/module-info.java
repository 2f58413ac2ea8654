import org.jspecify.annotations.NullMarked;

/** Building blocks for balancers with many endpoints or children. */
@NullMarked
module grpc.balancer.base {
  requires static org.jspecify;
  requires transitive grpc.spi;

  exports grpc.balancer.base;
}
