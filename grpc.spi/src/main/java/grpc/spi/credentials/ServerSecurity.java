package grpc.spi.credentials;

import grpc.api.ServerCredentials;
import java.io.IOException;
import java.util.Objects;

/**
 * The credentials of a server's address, as transports use them. Implement it for credentials of
 * your own.
 */
public interface ServerSecurity extends ServerCredentials {
  /** {@link ServerCredentials#plaintext}. A transport may use it without asking. */
  ServerSecurity PLAINTEXT = new PlaintextServer();

  /**
   * {@return how to protect this connection} A transport calls this once per accepted connection,
   * on a virtual thread: you may block. The time counts against the handshake timeout.
   *
   * @throws IOException if you cannot answer now; the connection is closed. Any other exception
   *     does the same, and is logged.
   * @throws InterruptedException if the connection is gone meanwhile
   */
  Security accept(ConnectionDetails connection) throws IOException, InterruptedException;

  /**
   * {@return these credentials as transports use them}
   *
   * @throws IllegalArgumentException if they are neither {@link ServerCredentials#plaintext} nor
   *     implement this interface
   */
  static ServerSecurity of(ServerCredentials credentials) {
    Objects.requireNonNull(credentials, "credentials (for none: ServerCredentials.plaintext())");
    if (credentials instanceof ServerSecurity own) {
      return own;
    }
    if (credentials.equals(ServerCredentials.plaintext())) {
      return PLAINTEXT;
    }
    throw new IllegalArgumentException(
        "server credentials %s of class %s (expected: ServerCredentials.plaintext(), or credentials that implement %s)"
            .formatted(
                credentials, credentials.getClass().getName(), ServerSecurity.class.getName()));
  }
}
