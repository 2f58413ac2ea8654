package grpc.api;

import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Sees and changes every call of a channel: unary calls by {@link #interceptUnary}, calls of the
 * three streaming kinds by {@link #interceptStream}. To see unary calls only, use {@link
 * #unaryOnly}; to see streaming calls only, {@link #streamsOnly}. To change only the options of
 * calls, use {@link #mapOptions}.
 *
 * <p>An interceptor sees a call once, even if the call has several attempts. It runs on the
 * caller's thread and must be safe for use by any number of threads. The caller gets the exceptions
 * that it throws.
 */
public interface ClientInterceptor {
  /**
   * Makes a unary call, usually with {@code next.unary(method, request, options)}. It may change
   * the request, the options and the response. It may call {@code next} once, several times, or
   * never.
   *
   * @param next the rest of the chain
   * @return the response to hand to the caller; not null
   * @throws StatusException to end the call with that status
   */
  <Q, R> UnaryResponse<R> interceptUnary(
      MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next);

  /**
   * Makes a call of one of the streaming kinds, usually with {@code next.call(method, options)}.
   *
   * @param next the rest of the chain
   * @return the call to hand to the caller, not null; wrap it in a {@link ForwardingCall} to see
   *     messages, headers and end
   * @throws StatusException to end the call with that status
   */
  <Q, R> ClientCall<Q, R> interceptStream(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next);

  /** Sees unary calls, as {@link ClientInterceptor#interceptUnary} does; see {@link #unaryOnly}. */
  @FunctionalInterface
  interface Unary {
    /** Makes a unary call, as {@link ClientInterceptor#interceptUnary} does. */
    <Q, R> UnaryResponse<R> intercept(
        MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next);
  }

  /**
   * Sees calls of the streaming kinds, as {@link ClientInterceptor#interceptStream} does; see
   * {@link #streamsOnly}.
   */
  @FunctionalInterface
  interface Streams {
    /** Makes a call, as {@link ClientInterceptor#interceptStream} does. */
    <Q, R> ClientCall<Q, R> intercept(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next);
  }

  /**
   * {@return an interceptor of unary calls} Streaming calls bypass it.
   *
   * @param unary usually a reference to a generic method, {@code this::log}; Java has no generic
   *     lambdas
   */
  static ClientInterceptor unaryOnly(Unary unary) {
    Objects.requireNonNull(unary, "unary");
    return new ClientInterceptor() {
      @Override
      public <Q, R> UnaryResponse<R> interceptUnary(
          MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
        return unary.intercept(method, request, options, next);
      }

      @Override
      public <Q, R> ClientCall<Q, R> interceptStream(
          MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return next.call(method, options);
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
  static ClientInterceptor streamsOnly(Streams streams) {
    Objects.requireNonNull(streams, "streams");
    return new ClientInterceptor() {
      @Override
      public <Q, R> UnaryResponse<R> interceptUnary(
          MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
        return next.unary(method, request, options);
      }

      @Override
      public <Q, R> ClientCall<Q, R> interceptStream(
          MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return streams.intercept(method, options, next);
      }

      @Override
      public String toString() {
        return "streamsOnly(" + streams + ")";
      }
    };
  }

  /**
   * {@return an interceptor that changes the options of every call, of all four kinds}
   *
   * <pre>{@code
   * ClientInterceptor.mapOptions((method, options) -> options.withMetadata(TENANT, "acme"))
   * }</pre>
   *
   * @param map returns the call's options, from the method and the options so far; runs on the
   *     caller's thread, and must not return null
   */
  static ClientInterceptor mapOptions(
      BiFunction<MethodDescriptor<?, ?>, CallOptions, CallOptions> map) {
    Objects.requireNonNull(map, "map");
    return new ClientInterceptor() {
      @Override
      public <Q, R> UnaryResponse<R> interceptUnary(
          MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
        return next.unary(method, request, mapped(method, options));
      }

      @Override
      public <Q, R> ClientCall<Q, R> interceptStream(
          MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return next.call(method, mapped(method, options));
      }

      private CallOptions mapped(MethodDescriptor<?, ?> method, CallOptions options) {
        var mapped = map.apply(method, options);
        if (mapped == null) {
          throw Status.internal(this + " answered null (expected: CallOptions)").asException();
        }
        return mapped;
      }

      @Override
      public String toString() {
        return "mapOptions(" + map + ")";
      }
    };
  }
}
