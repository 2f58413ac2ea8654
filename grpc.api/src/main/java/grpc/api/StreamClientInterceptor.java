package grpc.api;

/** Wraps calls of the three streaming kinds. */
@FunctionalInterface
public non-sealed interface StreamClientInterceptor extends ClientInterceptor {
  /**
   * Makes the call, as a rule with {@code next.call(method, options)}.
   *
   * @return the call to hand to the caller; wrap it to see messages, headers and end
   */
  <Q, R> ClientCall<Q, R> intercept(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next);
}
