package examples.interceptors;

import grpc.api.ClientInterceptor;
import grpc.api.MetadataKey;
import grpc.api.ServerCallGate;
import grpc.api.ServerCallGate.Decision;
import grpc.api.Status;
import grpc.api.StatusCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A token in every call, which the server checks. */
public final class Token {
  private static final MetadataKey<String> AUTHORIZATION = MetadataKey.text("authorization");

  private Token() {}

  /**
   * {@return an interceptor that sends the token with every call} The token never changes, and is
   * sent over any connection. If it expires, or must not be sent in plaintext, use {@link
   * grpc.api.CallCredentials}: the channel asks them for each attempt, with its connection.
   */
  public static ClientInterceptor sent(String token) {
    return ClientInterceptor.mapOptions(
        (method, options) -> options.withMetadata(AUTHORIZATION, "Bearer " + token));
  }

  /**
   * {@return a gate that refuses calls without the token, before a byte of their messages is read}
   *
   * @param token the accepted token
   */
  public static ServerCallGate wanted(String token) {
    var expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    return call -> {
      var found = call.metadata().find(AUTHORIZATION).orElse("").getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(expected, found) // takes as long for every wrong token
          ? Decision.admit()
          : Decision.refuse(
              Status.of(StatusCode.UNAUTHENTICATED, "no valid token (expected: authorization)"));
    };
  }
}
