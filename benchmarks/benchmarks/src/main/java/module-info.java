import org.jspecify.annotations.NullMarked;

/** The benchmarks' server and client; the rivals run the same load. */
@NullMarked
module benchmarks {
  requires static org.jspecify;
  requires launcher;
  requires grpc.kernel;
  requires com.google.protobuf;

  // tells what was allocated; where it is missing, that is not told
  requires static jdk.management;
  requires static java.management;

  // toString and JSON of messages reflect on them
  exports benchmarks.proto to
      com.google.protobuf;
}
