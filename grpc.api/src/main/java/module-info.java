import org.jspecify.annotations.NullMarked;

/**
 * What applications, generated stubs and services see: calls, services, metadata, status.
 *
 * <p>It holds values and interfaces only; channels and servers come from the kernel. It uses no
 * service, so a library that is written against it can be linked into any image.
 */
@NullMarked
@SuppressWarnings("module") // grpc.spi is compiled after this module
module grpc.api {
  requires static org.jspecify;

  exports grpc.api;
  exports grpc.api.wire to
      grpc.spi;
}
