package grpc.api;

/** Wraps unary calls: may change request, options and response, call on again, or not at all. */
@FunctionalInterface
public non-sealed interface UnaryClientInterceptor extends ClientInterceptor {
  /**
   * Makes the call, as a rule by calling on with {@code next}.
   *
   * @return the response to hand to the caller
   * @throws StatusException to end the call with that status
   */
  <Q, R> UnaryResponse<R> intercept(
      MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next);
}
