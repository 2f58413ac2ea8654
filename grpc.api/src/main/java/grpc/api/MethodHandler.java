package grpc.api;

/**
 * Answers the calls of one method: one kind for each {@link MethodType}. Each call runs on a
 * virtual thread of its own and may block. A thrown {@link StatusException} becomes the call's
 * status; any other exception becomes UNKNOWN.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public sealed interface MethodHandler<Q, R> {
  /** {@return the kind of method that this handler answers} */
  MethodType type();

  /**
   * One request, one response.
   *
   * @param <Q> the request message
   * @param <R> the response message
   */
  @FunctionalInterface
  non-sealed interface Unary<Q, R> extends MethodHandler<Q, R> {
    /** {@return the response} */
    R handle(Q request) throws Exception;

    @Override
    default MethodType type() {
      return MethodType.UNARY;
    }
  }

  /**
   * One request, many responses.
   *
   * @param <Q> the request message
   * @param <R> the response message
   */
  @FunctionalInterface
  non-sealed interface ServerStreaming<Q, R> extends MethodHandler<Q, R> {
    /** Sends the responses and returns. */
    void handle(Q request, Responses<R> responses) throws Exception;

    @Override
    default MethodType type() {
      return MethodType.SERVER_STREAMING;
    }
  }

  /**
   * Many requests, one response.
   *
   * @param <Q> the request message
   * @param <R> the response message
   */
  @FunctionalInterface
  non-sealed interface ClientStreaming<Q, R> extends MethodHandler<Q, R> {
    /** {@return the response} */
    R handle(Requests<Q> requests) throws Exception;

    @Override
    default MethodType type() {
      return MethodType.CLIENT_STREAMING;
    }
  }

  /**
   * Many requests, many responses.
   *
   * @param <Q> the request message
   * @param <R> the response message
   */
  @FunctionalInterface
  non-sealed interface BidiStreaming<Q, R> extends MethodHandler<Q, R> {
    /** Reads and sends; return to end the call. */
    void handle(Requests<Q> requests, Responses<R> responses) throws Exception;

    @Override
    default MethodType type() {
      return MethodType.BIDI_STREAMING;
    }
  }
}
