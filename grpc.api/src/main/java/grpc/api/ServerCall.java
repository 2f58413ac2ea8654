package grpc.api;

/**
 * A call of any kind on the server, as interceptors see it.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public interface ServerCall<Q, R> extends Requests<Q>, Responses<R> {
  /** {@return the method that was called} */
  MethodDescriptor<Q, R> method();

  /**
   * {@return the context: the call's deadline, metadata and peer, and its response headers and
   * trailers}
   */
  CallContext context();
}
