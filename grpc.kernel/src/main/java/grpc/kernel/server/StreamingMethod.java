package grpc.kernel.server;

import grpc.api.MethodHandler;
import grpc.api.MethodType;
import grpc.api.ServerCall;
import grpc.api.ServerInterceptor;
import grpc.api.Status;
import grpc.kernel.message.MethodMarshallers;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A method of one of the streaming kinds with the chain of its interceptors, built once.
 *
 * @param marshallers for its messages
 * @param registered whether a service has it
 * @param threads makes its handlers' threads
 * @param chain the first interceptor, or the handler
 * @param <Q> the request message
 * @param <R> the response message
 */
record StreamingMethod<Q, R>(
    MethodMarshallers<Q, R> marshallers,
    boolean registered,
    ThreadFactory threads,
    ServerInterceptor.StreamNext<Q, R> chain)
    implements ServedMethod<Q, R> {
  static <Q, R> StreamingMethod<Q, R> of(
      boolean registered,
      ServerInterceptor.StreamNext<Q, R> handler,
      MethodMarshallers<Q, R> marshallers,
      ThreadFactory threads,
      List<ServerInterceptor> interceptors) {
    ServerInterceptor.StreamNext<Q, R> chain = bound(handler);
    for (var interceptor : interceptors.reversed()) {
      var next = chain;
      chain = bound(call -> interceptor.interceptStream(call, next));
    }
    return new StreamingMethod<>(marshallers, registered, threads, chain);
  }

  static <Q, R> void serverStreaming(
      MethodHandler.ServerStreaming<Q, R> handler, ServerCall<Q, R> call) throws Exception {
    Q request =
        call.receive()
            .orElseThrow(
                () -> Status.internal("a request with no message (expected: one)").asException());
    if (call.receive().isPresent()) {
      throw Status.internal("a request with several messages (expected: one)").asException();
    }
    handler.handle(request, call);
  }

  @Override
  public ServerStreamHandler answer(
      ServerSettings settings,
      MethodMarshallers<Q, R> chosen,
      ServerStream stream,
      @Nullable Compressor compressor) {
    return new StreamingCallHandler<>(this, settings, chosen, stream, compressor);
  }

  boolean startsWhole() {
    return marshallers.method().type() == MethodType.SERVER_STREAMING;
  }

  /** Binds the context of the call, unless it is bound already. */
  private static <Q, R> ServerInterceptor.StreamNext<Q, R> bound(
      ServerInterceptor.StreamNext<Q, R> next) {
    return call -> {
      var context = call.context();
      if (BoundContext.is(context)) {
        next.handle(call);
      } else {
        BoundContext.call(
            context,
            () -> {
              next.handle(call);
              return true;
            });
      }
    };
  }
}
