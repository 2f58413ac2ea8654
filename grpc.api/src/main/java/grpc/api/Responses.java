package grpc.api;

/**
 * Where a handler sends its responses, one thread at a time. The call ends when the handler returns
 * (OK) or throws.
 *
 * @param <R> the response message
 */
public interface Responses<R> {
  /**
   * Sends a message; blocks while the flow-control window or the write quota is used up.
   *
   * @throws StatusException when the call was cancelled or its deadline passed; let it pass through
   */
  void send(R message);
}
