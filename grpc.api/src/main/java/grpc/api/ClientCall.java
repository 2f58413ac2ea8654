package grpc.api;

import java.util.Optional;

/**
 * A call of any kind as channels and interceptors see it. {@link #start} sends it to the server, or
 * the first method that needs the server.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public interface ClientCall<Q, R> extends BidiStreamingCall<Q, R> {
  /** Picks a connection and sends the request's headers. Has no effect once started. */
  void start();

  /**
   * Sends the last message and half-closes. If the call has not started, headers, message and end
   * leave together.
   *
   * @return false when the server has ended the call with OK and reads no more
   * @throws StatusException when the call has ended otherwise
   */
  boolean sendLast(Q message);

  /**
   * {@return the two ends of the connection that carries the call, as the client sees them} Empty
   * until there is a connection; for a hedged call, until one of its attempts is chosen. For a
   * retried call, this is the connection of its last attempt. Does not wait.
   */
  Optional<Peer> peer();
}
