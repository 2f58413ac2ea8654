package grpc.api;

/** Something that a server can offer; what generated service interfaces extend. */
public interface Service {
  /** {@return its name, methods and handlers} */
  ServiceDefinition definition();
}
