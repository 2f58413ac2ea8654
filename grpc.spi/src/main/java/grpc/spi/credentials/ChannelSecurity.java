package grpc.spi.credentials;

import grpc.api.ChannelCredentials;
import java.io.IOException;
import java.util.Objects;

/**
 * The credentials of a channel, as transports use them. Implement it for credentials of your own.
 */
public interface ChannelSecurity extends ChannelCredentials {
  /** {@link ChannelCredentials#plaintext}. A transport may use it without asking. */
  ChannelSecurity PLAINTEXT = new PlaintextChannel();

  /**
   * {@return how to protect this connection} A transport calls this once per connection, when it is
   * connected, on a virtual thread: you may block. The time counts against the connect timeout.
   *
   * @throws IOException if you cannot answer now; the attempt to connect fails, and the channel
   *     tries again with backoff. Any other exception does the same, and is logged.
   * @throws InterruptedException if the attempt was given up meanwhile
   */
  Security connect(ConnectionDetails connection) throws IOException, InterruptedException;

  /**
   * {@return these credentials as transports use them}
   *
   * @throws IllegalArgumentException if they are neither {@link ChannelCredentials#plaintext} nor
   *     implement this interface
   */
  static ChannelSecurity of(ChannelCredentials credentials) {
    Objects.requireNonNull(credentials, "credentials (for none: ChannelCredentials.plaintext())");
    if (credentials instanceof ChannelSecurity own) {
      return own;
    }
    if (credentials.equals(ChannelCredentials.plaintext())) {
      return PLAINTEXT;
    }
    throw new IllegalArgumentException(
        "channel credentials %s of class %s (expected: ChannelCredentials.plaintext(), or credentials that implement %s)"
            .formatted(
                credentials, credentials.getClass().getName(), ChannelSecurity.class.getName()));
  }
}
