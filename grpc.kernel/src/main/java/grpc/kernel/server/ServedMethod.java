package grpc.kernel.server;

import grpc.api.MethodDefinition;
import grpc.api.MethodHandler;
import grpc.api.ServerInterceptor;
import grpc.kernel.message.MethodMarshallers;
import grpc.kernel.registry.Providers;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.HandlerThreads;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A method that a server offers.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
sealed interface ServedMethod<Q, R> permits UnaryMethod, StreamingMethod {
  /** A fallback's methods are made a call each: a factory of their own would be, too. */
  ThreadFactory FALLBACK_THREADS = HandlerThreads.ofMethod("fallback");

  /**
   * {@return the method with its interceptors}
   *
   * @param registered whether a service has it, not a fallback
   * @throws IllegalStateException when the runtime lacks its codec
   */
  static <Q, R> ServedMethod<Q, R> of(
      MethodDefinition<Q, R> definition,
      boolean registered,
      List<ServerInterceptor> interceptors,
      Providers providers) {
    var marshallers = MethodMarshallers.of(definition.method(), providers);
    var threads =
        registered ? HandlerThreads.ofMethod(definition.method().fullName()) : FALLBACK_THREADS;
    return switch (definition.handler()) {
      case MethodHandler.Unary<Q, R> unary ->
          UnaryMethod.of(definition, registered, unary, marshallers, threads, interceptors);
      case MethodHandler.ServerStreaming<Q, R> h ->
          StreamingMethod.of(
              registered,
              call -> StreamingMethod.serverStreaming(h, call),
              marshallers,
              threads,
              interceptors);
      case MethodHandler.ClientStreaming<Q, R> h ->
          StreamingMethod.of(
              registered, call -> call.send(h.handle(call)), marshallers, threads, interceptors);
      case MethodHandler.BidiStreaming<Q, R> h ->
          StreamingMethod.of(
              registered, call -> h.handle(call, call), marshallers, threads, interceptors);
    };
  }

  /** {@return what marshals its messages by its own codec} */
  MethodMarshallers<Q, R> marshallers();

  /** {@return whether a service has it; else a fallback answers} */
  boolean registered();

  /** {@return what makes its handlers' threads} */
  ThreadFactory threads();

  /** {@return what answers this request} */
  ServerStreamHandler answer(
      ServerSettings settings,
      MethodMarshallers<Q, R> chosen,
      ServerStream stream,
      @Nullable Compressor compressor);
}
