package grpc.api;

/**
 * Sends the responses of a handler, one thread at a time. The call ends with OK when the handler
 * returns, and with an error when it throws.
 *
 * @param <R> the response message
 */
public interface Responses<R> {
  /**
   * Sends a message; blocks while the flow-control window or the write quota is used up.
   *
   * @throws StatusException when the call was cancelled or its deadline passed; do not catch it
   */
  void send(R message);
}
