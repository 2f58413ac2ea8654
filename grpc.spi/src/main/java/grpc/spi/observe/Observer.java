package grpc.spi.observe;

import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.Status;
import java.net.SocketAddress;

/**
 * Gets what channels and servers do, for metrics (A66), traces (A72) and logs; a {@link
 * java.util.ServiceLoader} service, or given to the builder of a channel or server.
 *
 * <p>Your methods run on the threads that carry the calls, many at once, and on the connections'
 * readers: be quick, do not block, do not throw. The kernel logs what you throw, the first time,
 * and goes on. An observer of a call that you return as null counts as thrown. No argument is null.
 * An observer keeps its own time.
 */
public interface Observer {
  /** {@return its name, for example {@code jfr}} */
  String name();

  /**
   * A channel's call begins.
   *
   * @param target the channel's target, as a URI
   * @return what observes this call; {@link CallObserver#NONE} for none, at no further cost
   */
  default CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    return CallObserver.NONE;
  }

  /**
   * A server's call begins.
   *
   * @return what observes this call; {@link CallObserver#NONE} for none, at no further cost
   */
  default CallObserver serverCall(ServerCallStart call) {
    return CallObserver.NONE;
  }

  /**
   * A server answered a call that no handler saw: a gate refused it, or the server knows neither
   * the method nor a fallback for it, or not its encoding or codec. Requests that are not gRPC at
   * all are not calls.
   *
   * @param method its full name, {@code package.Service/Method}, as the client sent it: a
   *     stranger's choice, of which there may be any number
   * @param peer the two ends of the connection
   * @param status the answer
   */
  default void refused(String method, Peer peer, Status status) {}

  /** A server has a connection of this client. */
  default void serverConnectionOpened(Peer client) {}

  /** A server's connection, which it had accepted, is gone. */
  default void serverConnectionClosed(Peer client, Status reason) {}

  /** A channel's connection can be used. */
  default void clientConnectionOpened(String target, SocketAddress address) {}

  /** A channel's connection, which could be used, is gone. */
  default void clientConnectionClosed(String target, SocketAddress address, Status reason) {}
}
