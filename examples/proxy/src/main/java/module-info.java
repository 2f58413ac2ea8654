import org.jspecify.annotations.NullMarked;

/** A transparent proxy: it knows no service, and forwards every call. */
@NullMarked
module examples.proxy {
  requires static org.jspecify;
  requires launcher;
  requires transitive grpc.kernel;

  exports examples.proxy;
}
