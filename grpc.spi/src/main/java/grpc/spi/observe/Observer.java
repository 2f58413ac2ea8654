package grpc.spi.observe;

import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.Status;
import java.net.SocketAddress;

/**
 * Hears what channels and servers do, for metrics (A66), traces (A72) and logs; a {@link
 * java.util.ServiceLoader} service, or given to the builder of a channel or server. Its methods run
 * on the threads that carry the calls: they must be quick, must not block and must not throw; what
 * they throw is logged, the first time, and changes nothing. It keeps its own time.
 */
public interface Observer {
  /** {@return its name, for example {@code jfr}} */
  String name();

  /**
   * A channel's call begins.
   *
   * @param target whom the channel calls, as a URI
   * @return what hears of this call; {@link CallObserver#NONE} when nobody wants to
   */
  default CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    return CallObserver.NONE;
  }

  /**
   * A server's call begins.
   *
   * @return what hears of this call; {@link CallObserver#NONE} when nobody wants to
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
