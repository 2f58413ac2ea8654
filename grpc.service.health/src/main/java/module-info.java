import org.jspecify.annotations.NullMarked;

/**
 * The health service of gRPC's health checking protocol, for servers to offer and clients to ask.
 */
@NullMarked
module grpc.service.health {
  requires static org.jspecify;
  requires transitive com.google.protobuf;
  requires transitive grpc.api;

  exports grpc.service.health;
  exports grpc.service.health.proto;
}
