package grpc.spi.transport;

import grpc.api.Peer;
import grpc.api.Status;

/** Finds the handler of a request; the kernel implements it, and a transport calls it. */
@FunctionalInterface
public interface ServerStreamAcceptor {
  /**
   * {@return the handler of this request} Called on the connection's reader as soon as the headers
   * are there; does not block or throw. There is a handler for an unknown method, too.
   */
  ServerStreamHandler accept(ServerStream stream);

  /**
   * A connection can carry requests. Call it before the connection's first request; does not block.
   */
  default void connected(Peer client) {}

  /** This connection is gone. Call it once, on any thread; does not block. */
  default void disconnected(Peer client, Status reason) {}
}
