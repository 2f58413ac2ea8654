package grpc.kernel.server;

import grpc.api.CallContext;
import grpc.api.MethodDefinition;
import grpc.api.MethodDescriptor;
import grpc.api.MethodHandler;
import grpc.api.ServerInterceptor;
import grpc.kernel.message.MethodMarshallers;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A unary method with the chain of its interceptors, built once.
 *
 * @param marshallers for its messages
 * @param registered whether a service has it
 * @param threads makes its handlers' threads
 * @param inline whether it runs on the connection's reader
 * @param chain the first interceptor, or the handler
 * @param <Q> the request message
 * @param <R> the response message
 */
record UnaryMethod<Q, R>(
    MethodMarshallers<Q, R> marshallers,
    boolean registered,
    ThreadFactory threads,
    boolean inline,
    ServerInterceptor.UnaryNext<Q, R> chain)
    implements ServedMethod<Q, R> {
  static <Q, R> UnaryMethod<Q, R> of(
      MethodDefinition<Q, R> definition,
      boolean registered,
      MethodHandler.Unary<Q, R> handler,
      MethodMarshallers<Q, R> marshallers,
      ThreadFactory threads,
      List<ServerInterceptor> interceptors) {
    ServerInterceptor.UnaryNext<Q, R> chain = (request, context) -> handler.handle(request);
    chain = new Bound<>(chain);
    for (var interceptor : interceptors.reversed()) {
      chain = new Bound<>(new Link<>(definition.method(), interceptor, chain));
    }
    return new UnaryMethod<>(marshallers, registered, threads, definition.inline(), chain);
  }

  @Override
  public ServerStreamHandler answer(
      ServerSettings settings,
      MethodMarshallers<Q, R> chosen,
      ServerStream stream,
      @Nullable Compressor compressor) {
    return new UnaryCallHandler<>(this, settings, chosen, stream, compressor);
  }

  private record Link<Q, R>(
      MethodDescriptor<Q, R> method,
      ServerInterceptor interceptor,
      ServerInterceptor.UnaryNext<Q, R> next)
      implements ServerInterceptor.UnaryNext<Q, R> {
    @Override
    public R handle(Q request, CallContext context) throws Exception {
      return interceptor.interceptUnary(method, request, context, next);
    }
  }

  /** Binds the context it is given, unless it is bound already. */
  private record Bound<Q, R>(ServerInterceptor.UnaryNext<Q, R> next)
      implements ServerInterceptor.UnaryNext<Q, R> {
    @Override
    public R handle(Q request, CallContext context) throws Exception {
      return BoundContext.is(context)
          ? next.handle(request, context)
          : BoundContext.call(context, () -> next.handle(request, context));
    }
  }
}
