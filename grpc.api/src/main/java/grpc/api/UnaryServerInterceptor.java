package grpc.api;

/** Wraps the handlers of unary methods. Runs on the handler's thread. */
@FunctionalInterface
public non-sealed interface UnaryServerInterceptor extends ServerInterceptor {
  /**
   * Answers the call, as a rule by calling on with {@code next}.
   *
   * @return the response to send
   * @throws Exception ends the call: a {@link StatusException} with its status, others with UNKNOWN
   */
  <Q, R> R intercept(MethodDescriptor<Q, R> method, Q request, CallContext context, Next<Q, R> next)
      throws Exception;

  /**
   * The rest of the chain.
   *
   * @param <Q> the request message
   * @param <R> the response message
   */
  @FunctionalInterface
  interface Next<Q, R> {
    /** Goes on with this request, and with this context bound to {@link CallContext#CURRENT}. */
    R handle(Q request, CallContext context) throws Exception;
  }
}
