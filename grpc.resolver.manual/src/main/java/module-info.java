import org.jspecify.annotations.NullMarked;

/**
 * A resolver whose answers the application gives: for tests, and for discovery systems that have no
 * module. It is handed to a channel's or runtime's builder, so nothing is provided here.
 */
@NullMarked
module grpc.resolver.manual {
  requires static org.jspecify;
  requires transitive grpc.spi;

  exports grpc.resolver.manual;
}
