import org.jspecify.annotations.NullMarked;

/**
 * The protoc plugin that generates clients, services and method descriptors from {@code service}
 * definitions.
 */
@NullMarked
module grpc.protoc {
  requires com.google.protobuf;
  requires static org.jspecify;
}
