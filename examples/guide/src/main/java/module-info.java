import org.jspecify.annotations.NullMarked;

/** The code in README and docs. */
@NullMarked
module examples.guide {
  requires static org.jspecify;
  requires transitive grpc.balancer.base;
  requires grpc.codec.gzip;
  requires grpc.codec.protobuf;
  requires grpc.kernel;
  requires grpc.resolver.dns;
  requires grpc.resolver.manual;
  requires com.google.protobuf;

  exports examples.guide.canary; // resolvers put its attribute on endpoints
  exports examples.guide.proto to
      com.google.protobuf;

  provides grpc.spi.balancer.BalancerProvider with
      examples.guide.canary.CanaryProvider;
}
