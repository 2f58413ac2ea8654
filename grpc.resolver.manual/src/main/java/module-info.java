import org.jspecify.annotations.NullMarked;

/**
 * A resolver that the application feeds: for tests, and for discovery systems without a module.
 * Give it to the builder of a channel or runtime; the module provides no service.
 */
@NullMarked
module grpc.resolver.manual {
  requires static org.jspecify;
  requires transitive grpc.spi;

  exports grpc.resolver.manual;
}
