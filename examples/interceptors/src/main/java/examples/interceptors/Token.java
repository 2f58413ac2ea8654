package examples.interceptors;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodDescriptor;
import grpc.api.ServerCall;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StreamClientInterceptor;
import grpc.api.StreamServerInterceptor;
import grpc.api.UnaryClientInterceptor;
import grpc.api.UnaryResponse;
import grpc.api.UnaryServerInterceptor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A token that every call carries, and that a server wants to see. */
public final class Token {
  private static final MetadataKey<String> AUTHORIZATION = MetadataKey.text("authorization");

  private Token() {}

  /**
   * Sends the token with every call.
   *
   * @param token who the caller is
   */
  public record Sent(String token) implements UnaryClientInterceptor, StreamClientInterceptor {
    @Override
    public <Q, R> UnaryResponse<R> intercept(
        MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
      return next.unary(method, request, with(options));
    }

    @Override
    public <Q, R> ClientCall<Q, R> intercept(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      return next.call(method, with(options));
    }

    private CallOptions with(CallOptions options) {
      return options.withMetadata(AUTHORIZATION, "Bearer " + token);
    }
  }

  /**
   * Refuses calls without the token.
   *
   * @param token the one that is accepted
   */
  public record Wanted(String token) implements UnaryServerInterceptor, StreamServerInterceptor {
    @Override
    public <Q, R> R intercept(
        MethodDescriptor<Q, R> method,
        Q request,
        CallContext context,
        UnaryServerInterceptor.Next<Q, R> next)
        throws Exception {
      check(context.metadata());
      return next.handle(request, context);
    }

    @Override
    public <Q, R> void intercept(ServerCall<Q, R> call, StreamServerInterceptor.Next<Q, R> next)
        throws Exception {
      check(call.context().metadata());
      next.handle(call);
    }

    private void check(Metadata metadata) {
      var expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
      var found = metadata.find(AUTHORIZATION).orElse("").getBytes(StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(expected, found)) { // takes as long for every wrong token
        throw Status.of(StatusCode.UNAUTHENTICATED, "no valid token (expected: authorization)")
            .asException();
      }
    }
  }
}
