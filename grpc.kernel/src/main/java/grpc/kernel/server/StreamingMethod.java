package grpc.kernel.server;

import grpc.api.CallContext;
import grpc.api.MethodHandler;
import grpc.api.MethodType;
import grpc.api.ServerCall;
import grpc.api.ServerInterceptor;
import grpc.api.Status;
import grpc.api.StreamServerInterceptor;
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
    StreamServerInterceptor.Next<Q, R> chain)
    implements ServedMethod<Q, R> {
  static <Q, R> StreamingMethod<Q, R> of(
      boolean registered,
      StreamServerInterceptor.Next<Q, R> handler,
      MethodMarshallers<Q, R> marshallers,
      ThreadFactory threads,
      List<ServerInterceptor> interceptors) {
    StreamServerInterceptor.Next<Q, R> chain = bound(handler);
    for (var interceptor : interceptors.reversed()) {
      if (interceptor instanceof StreamServerInterceptor stream) {
        var next = chain;
        chain = bound(call -> stream.intercept(call, next));
      }
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
    return new StreamingAnswer<>(this, settings, chosen, stream, compressor);
  }

  boolean startsWhole() {
    return marshallers.method().type() == MethodType.SERVER_STREAMING;
  }

  private static <Q, R> StreamServerInterceptor.Next<Q, R> bound(
      StreamServerInterceptor.Next<Q, R> next) {
    return call ->
        ScopedValue.where(CallContext.CURRENT, call.context())
            .<Boolean, Exception>call(() -> {
              next.handle(call);
              return true;
            });
  }
}
