package grpc.kernel.call;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.ClientInterceptor;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.api.StreamClientInterceptor;
import grpc.api.UnaryClientInterceptor;
import grpc.api.UnaryResponse;
import java.util.List;

/**
 * A channel behind one interceptor.
 *
 * @param interceptor what sees the calls of its kind
 * @param next the rest of the chain
 */
public record InterceptedChannel(ClientInterceptor interceptor, Channel next) implements Channel {
  /** {@return the channel behind these interceptors, the first outermost} */
  public static Channel chain(List<ClientInterceptor> interceptors, Channel last) {
    Channel chain = last;
    for (var interceptor : interceptors.reversed()) {
      chain = new InterceptedChannel(interceptor, chain);
    }
    return chain;
  }

  @Override
  public <Q, R> UnaryResponse<R> unary(
      MethodDescriptor<Q, R> method, Q request, CallOptions options) {
    return interceptor instanceof UnaryClientInterceptor unary
        ? answer(unary.intercept(method, request, options, next), "UnaryResponse")
        : next.unary(method, request, options);
  }

  @Override
  public <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, CallOptions options) {
    return interceptor instanceof StreamClientInterceptor stream
        ? answer(stream.intercept(method, options, next), "ClientCall")
        : next.call(method, options);
  }

  /** Null is a defect of the interceptor that no compiler finds. */
  private <T> T answer(T answered, String expected) {
    if (answered == null) {
      throw Status.internal(
              "interceptor %s answered null (expected: a %s)"
                  .formatted(interceptor.getClass().getName(), expected))
          .asException();
    }
    return answered;
  }
}
