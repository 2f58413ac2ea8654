import org.jspecify.annotations.NullMarked;

/** gRPC's interoperability tests: the server, and a client that runs one case. */
@NullMarked
module interop {
  requires static org.jspecify;
  requires launcher;
  requires grpc.kernel;
  requires org.slf4j;
  requires com.google.protobuf;

  // toString and JSON of messages reflect on them
  exports interop.proto to
      com.google.protobuf;

  // the policy of orca_per_rpc and orca_oob
  provides grpc.spi.balancer.BalancerProvider with
      interop.BackendMetricsProvider;
}
