import org.jspecify.annotations.NullMarked;

/** A greeter: server and client. The module path selects their providers. */
@NullMarked
module examples.greeter {
  requires static org.jspecify;
  requires launcher;
  requires grpc.kernel;
  requires com.google.protobuf;

  // toString and JSON of messages reflect on them
  exports examples.greeter.proto to
      com.google.protobuf;
}
