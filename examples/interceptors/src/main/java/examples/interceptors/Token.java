package examples.interceptors;

import grpc.api.ClientInterceptor;
import grpc.api.MetadataKey;
import grpc.api.ServerCallGate;
import grpc.api.ServerCallGate.Decision;
import grpc.api.Status;
import grpc.api.StatusCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A token that every call carries, and that a server wants to see. */
public final class Token {
  private static final MetadataKey<String> AUTHORIZATION = MetadataKey.text("authorization");

  private Token() {}

  /**
   * {@return what sends the token with every call} The token never changes, and goes out over any
   * connection. For one that expires, or that must not leave in the clear, use {@link
   * grpc.api.CallCredentials}: they are asked for each attempt, and know the connection.
   */
  public static ClientInterceptor sent(String token) {
    return ClientInterceptor.mapOptions(
        (method, options) -> options.withMetadata(AUTHORIZATION, "Bearer " + token));
  }

  /**
   * {@return what refuses calls without the token, before a byte of their messages is read}
   *
   * @param token the one that is accepted
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
