import org.jspecify.annotations.NullMarked;

/** A call to several servers at once; the first answer counts. */
@NullMarked
module examples.fanout {
  requires static org.jspecify;
  requires transitive grpc.api;

  exports examples.fanout;
}
