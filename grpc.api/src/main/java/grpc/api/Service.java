package grpc.api;

/** A service that a server can offer. Generated service interfaces extend it. */
public interface Service {
  /** {@return its name, methods and handlers} */
  ServiceDefinition definition();
}
