import org.jspecify.annotations.NullMarked;

/**
 * The API of applications, generated stubs and services: calls, services, metadata, status.
 *
 * <p>It holds values and interfaces only; channels and servers come from the kernel. It uses no
 * service, so you can link a library that depends on it into any image.
 */
@NullMarked
@SuppressWarnings("module") // grpc.spi is compiled after this module
module grpc.api {
  requires static org.jspecify;

  exports grpc.api;
  exports grpc.api.wire to
      grpc.spi;
}
