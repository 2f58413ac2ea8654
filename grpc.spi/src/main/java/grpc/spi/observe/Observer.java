package grpc.spi.observe;

import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.Status;
import java.net.SocketAddress;

/**
 * Gets the events of channels and servers, for metrics (A66), traces (A72) and logs; a {@link
 * java.util.ServiceLoader} service, or given to the builder of a channel or server.
 *
 * <p>Your methods run on the threads that carry the calls, many at once, and on the connections'
 * readers: be quick, do not block, do not throw. The kernel logs the first exception that you
 * throw, and goes on. Returning null for an observer of a call counts as throwing. No argument is
 * null. Events carry no time: take it yourself.
 */
public interface Observer {
  /** {@return its name, for example {@code jfr}} */
  String name();

  /**
   * A channel's call begins.
   *
   * @param target the channel's target, as a URI
   * @return an observer of this call; {@link CallObserver#NONE} for none, at no further cost
   */
  default CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    return CallObserver.NONE;
  }

  /**
   * A server's call begins.
   *
   * @return an observer of this call; {@link CallObserver#NONE} for none, at no further cost
   */
  default CallObserver serverCall(ServerCallStart call) {
    return CallObserver.NONE;
  }

  /**
   * A server answered a call before a handler saw it: a gate refused it, the server has neither the
   * method nor a fallback for it, or the server does not know its encoding or codec. Requests that
   * are not gRPC at all are not calls.
   *
   * @param method its full name, {@code package.Service/Method}, as the client sent it: untrusted
   *     and unbounded, so never a metric label
   * @param peer the two ends of the connection
   * @param status the answer
   */
  default void refused(String method, Peer peer, Status status) {}

  /** A server accepted a connection from this client. */
  default void serverConnectionOpened(Peer client) {}

  /** A connection that a server had accepted is gone. */
  default void serverConnectionClosed(Peer client, Status reason) {}

  /** A channel's connection can be used. */
  default void clientConnectionOpened(String target, SocketAddress address) {}

  /** A channel's connection that could be used is gone. */
  default void clientConnectionClosed(String target, SocketAddress address, Status reason) {}
}
