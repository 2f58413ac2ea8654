package grpc.spi.transport;

/** Finds what answers a request; implemented by the kernel. */
@FunctionalInterface
public interface ServerStreamAcceptor {
  /**
   * {@return the handler of this request} Called on the connection's reader as soon as the headers
   * are there; must not block and throws nothing: for an unknown method too there is a handler.
   */
  ServerStreamHandler accept(ServerStream stream);
}
