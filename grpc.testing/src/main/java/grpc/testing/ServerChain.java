package grpc.testing;

import grpc.api.CallContext;
import grpc.api.MethodHandler;
import grpc.api.ServerCall;
import grpc.api.ServerInterceptor;
import grpc.api.Status;
import java.util.List;

/** A handler behind its interceptors, each with the context from the one before. */
final class ServerChain {
  private ServerChain() {}

  /** Answers the call on this thread. */
  static <Q, R> void run(
      List<ServerInterceptor> interceptors, MethodHandler<Q, R> handler, ServerCall<Q, R> call)
      throws Exception {
    switch (handler) {
      case MethodHandler.Unary<Q, R> unary ->
          call.send(unary(interceptors, unary, call).handle(only(call), call.context()));
      case MethodHandler.ServerStreaming<Q, R> streaming ->
          ServerChain.<Q, R>stream(interceptors, c -> streaming.handle(only(c), c)).handle(call);
      case MethodHandler.ClientStreaming<Q, R> streaming ->
          ServerChain.<Q, R>stream(interceptors, c -> c.send(streaming.handle(c))).handle(call);
      case MethodHandler.BidiStreaming<Q, R> streaming ->
          ServerChain.<Q, R>stream(interceptors, c -> streaming.handle(c, c)).handle(call);
    }
  }

  private static <Q, R> ServerInterceptor.UnaryNext<Q, R> unary(
      List<ServerInterceptor> interceptors,
      MethodHandler.Unary<Q, R> handler,
      ServerCall<Q, R> call) {
    ServerInterceptor.UnaryNext<Q, R> chain =
        (request, context) -> bound(context, () -> handler.handle(request));
    for (var interceptor : interceptors.reversed()) {
      var next = chain;
      chain =
          (request, context) ->
              bound(
                  context, () -> interceptor.interceptUnary(call.method(), request, context, next));
    }
    return chain;
  }

  private static <Q, R> ServerInterceptor.StreamNext<Q, R> stream(
      List<ServerInterceptor> interceptors, ServerInterceptor.StreamNext<Q, R> handler) {
    ServerInterceptor.StreamNext<Q, R> chain = bound(handler);
    for (var interceptor : interceptors.reversed()) {
      var next = chain;
      chain = bound(call -> interceptor.interceptStream(call, next));
    }
    return chain;
  }

  private static <Q, R> ServerInterceptor.StreamNext<Q, R> bound(
      ServerInterceptor.StreamNext<Q, R> next) {
    return call ->
        bound(
            call.context(),
            () -> {
              next.handle(call);
              return true;
            });
  }

  private static <T> T bound(CallContext context, ScopedValue.CallableOp<T, Exception> operation)
      throws Exception {
    return ScopedValue.where(CallContext.CURRENT, context).call(operation);
  }

  private static <Q> Q only(ServerCall<Q, ?> call) {
    Q request =
        call.receive()
            .orElseThrow(
                () -> Status.internal("a request with no message (expected: one)").asException());
    if (call.receive().isPresent()) {
      throw Status.internal("a request with several messages (expected: one)").asException();
    }
    return request;
  }
}
