package grpc.kernel.call;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.ClientInterceptor;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.api.UnaryResponse;
import java.util.List;

/**
 * A channel behind one interceptor, which sees each of its calls.
 *
 * @param interceptor what sees the calls
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
    CallKind.requireUnary(method);
    return answer(interceptor.interceptUnary(method, request, options, next), "UnaryResponse");
  }

  @Override
  public <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, CallOptions options) {
    CallKind.requireStreaming(method);
    return answer(interceptor.interceptStream(method, options, next), "ClientCall");
  }

  /** Null is a defect of the interceptor that no compiler finds. */
  private <T> T answer(T answered, String expected) {
    if (answered == null) {
      throw Status.internal(
              "interceptor %s answered null (expected: a %s)".formatted(interceptor, expected))
          .asException();
    }
    return answered;
  }
}
