package grpc.api;

/** Wraps the handlers of the three streaming kinds. Runs on the handler's thread. */
@FunctionalInterface
public non-sealed interface StreamServerInterceptor extends ServerInterceptor {
  /**
   * Answers the call, as a rule by calling on with {@code next}.
   *
   * @throws Exception ends the call: a {@link StatusException} with its status, others with UNKNOWN
   */
  <Q, R> void intercept(ServerCall<Q, R> call, Next<Q, R> next) throws Exception;

  /**
   * The rest of the chain.
   *
   * @param <Q> the request message
   * @param <R> the response message
   */
  @FunctionalInterface
  interface Next<Q, R> {
    /** Goes on with this call; its context is bound to {@link CallContext#CURRENT}. */
    void handle(ServerCall<Q, R> call) throws Exception;
  }
}
