import org.jspecify.annotations.NullMarked;

/** Interceptors of an application. */
@NullMarked
module examples.interceptors {
  requires static org.jspecify;
  requires transitive grpc.api;
  requires org.slf4j;

  exports examples.interceptors;
}
