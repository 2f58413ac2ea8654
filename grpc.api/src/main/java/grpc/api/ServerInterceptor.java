package grpc.api;

import java.util.Objects;

/**
 * Sees and changes every call that a handler of a server answers: unary calls by {@link
 * #interceptUnary}, calls of the three streaming kinds by {@link #interceptStream}. To see unary
 * calls only, use {@link #unaryOnly}; to see streaming calls only, {@link #streamsOnly}.
 *
 * <p>An interceptor runs on the handler's thread, and may block if the handler may. It must be safe
 * for use by any number of threads. A unary request is read and unmarshalled before the interceptor
 * runs: to refuse a call from its headers alone, use a {@link ServerCallGate}.
 */
public interface ServerInterceptor {
  /**
   * Answers a unary call, usually with {@code next.handle(request, context)}.
   *
   * @param next the rest of the chain
   * @return the response to send; not null
   * @throws Exception ends the call: a {@link StatusException} with its status, others with UNKNOWN
   */
  <Q, R> R interceptUnary(
      MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
      throws Exception;

  /**
   * Answers a call of one of the streaming kinds, usually with {@code next.handle(call)}; wrap the
   * call in a {@link ForwardingServerCall} to see messages.
   *
   * @param next the rest of the chain
   * @throws Exception ends the call: a {@link StatusException} with its status, others with UNKNOWN
   */
  <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next) throws Exception;

  /**
   * The rest of a unary call's chain.
   *
   * @param <Q> the request message
   * @param <R> the response message
   */
  @FunctionalInterface
  interface UnaryNext<Q, R> {
    /** Passes this request on, with this context bound to {@link CallContext#CURRENT}. */
    R handle(Q request, CallContext context) throws Exception;
  }

  /**
   * The rest of the chain of a call of one of the streaming kinds.
   *
   * @param <Q> the request message
   * @param <R> the response message
   */
  @FunctionalInterface
  interface StreamNext<Q, R> {
    /** Passes this call on, with its context bound to {@link CallContext#CURRENT}. */
    void handle(ServerCall<Q, R> call) throws Exception;
  }

  /** Sees unary calls, as {@link ServerInterceptor#interceptUnary} does; see {@link #unaryOnly}. */
  @FunctionalInterface
  interface Unary {
    /** Answers a unary call, as {@link ServerInterceptor#interceptUnary} does. */
    <Q, R> R intercept(
        MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
        throws Exception;
  }

  /**
   * Sees calls of the streaming kinds, as {@link ServerInterceptor#interceptStream} does; see
   * {@link #streamsOnly}.
   */
  @FunctionalInterface
  interface Streams {
    /** Answers a call, as {@link ServerInterceptor#interceptStream} does. */
    <Q, R> void intercept(ServerCall<Q, R> call, StreamNext<Q, R> next) throws Exception;
  }

  /**
   * {@return an interceptor of unary calls} Streaming calls bypass it.
   *
   * @param unary usually a reference to a generic method, {@code this::log}; Java has no generic
   *     lambdas
   */
  static ServerInterceptor unaryOnly(Unary unary) {
    Objects.requireNonNull(unary, "unary");
    return new ServerInterceptor() {
      @Override
      public <Q, R> R interceptUnary(
          MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
          throws Exception {
        return unary.intercept(method, request, context, next);
      }

      @Override
      public <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next)
          throws Exception {
        next.handle(call);
      }

      @Override
      public String toString() {
        return "unaryOnly(" + unary + ")";
      }
    };
  }

  /**
   * {@return an interceptor of streaming calls} Unary calls bypass it.
   *
   * @param streams usually a reference to a generic method, {@code this::log}; Java has no generic
   *     lambdas
   */
  static ServerInterceptor streamsOnly(Streams streams) {
    Objects.requireNonNull(streams, "streams");
    return new ServerInterceptor() {
      @Override
      public <Q, R> R interceptUnary(
          MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
          throws Exception {
        return next.handle(request, context);
      }

      @Override
      public <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next)
          throws Exception {
        streams.intercept(call, next);
      }

      @Override
      public String toString() {
        return "streamsOnly(" + streams + ")";
      }
    };
  }
}
