package examples.interceptors;

import grpc.api.CallContext;
import grpc.api.ClientInterceptor;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodDescriptor;
import grpc.api.ServerCall;
import grpc.api.ServerInterceptor;
import grpc.api.Status;
import grpc.api.StatusCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A token that every call carries, and that a server wants to see. */
public final class Token {
  private static final MetadataKey<String> AUTHORIZATION = MetadataKey.text("authorization");

  private Token() {}

  /** {@return what sends the token with every call} */
  public static ClientInterceptor sent(String token) {
    return ClientInterceptor.mapOptions(
        (method, options) -> options.withMetadata(AUTHORIZATION, "Bearer " + token));
  }

  /**
   * Refuses calls without the token.
   *
   * @param token the one that is accepted
   */
  public record Wanted(String token) implements ServerInterceptor {
    @Override
    public <Q, R> R interceptUnary(
        MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
        throws Exception {
      check(context.metadata());
      return next.handle(request, context);
    }

    @Override
    public <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next)
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
