package grpc.spi.transport;

import grpc.api.Peer;
import grpc.api.Status;

/** Finds what answers a request; the kernel implements it, and a transport calls it. */
@FunctionalInterface
public interface ServerStreamAcceptor {
  /**
   * {@return the handler of this request} Called on the connection's reader as soon as the headers
   * are there; must not block and throws nothing: for an unknown method too there is a handler.
   */
  ServerStreamHandler accept(ServerStream stream);

  /** Hears of a connection that can carry requests; must not block. Before its first request. */
  default void connected(Peer client) {}

  /** Hears that this connection is gone, once; on any thread; must not block. */
  default void disconnected(Peer client, Status reason) {}
}
