import org.jspecify.annotations.NullMarked;

/** The benchmarks' server and client; the rivals run the same load. */
@NullMarked
module benchmarks {
  requires static org.jspecify;
  requires launcher;
  requires grpc.kernel;
  requires com.google.protobuf;

  // for allocated bytes; without it, they are not reported
  requires static jdk.management;
  requires static java.management;

  // toString and JSON of messages reflect on them
  exports benchmarks.proto to
      com.google.protobuf;
}
