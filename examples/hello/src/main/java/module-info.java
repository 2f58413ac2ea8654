/** A server and a client. */
module com.acme.hello {
  requires com.google.protobuf;
  requires grpc.kernel;

  exports com.acme.hello.proto; // protobuf-java reflects on messages
}
