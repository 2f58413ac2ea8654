package grpc.api;

/**
 * How a channel protects its connections, and proves to servers who it is. A channel has no default
 * credentials: plaintext, too, must be asked for by name.
 *
 * <p>Modules make credentials. To write credentials of your own, implement {@code
 * grpc.spi.credentials.ChannelSecurity}; a channel refuses any other implementation. Safe for use
 * by several threads and channels.
 */
public interface ChannelCredentials {
  /**
   * {@return credentials for connections without protection: everyone on the way can read and
   * change what they carry} For networks that protect them by other means, and for tests.
   */
  static ChannelCredentials plaintext() {
    return Plaintext.CHANNEL;
  }

  /** {@return the port of targets that name none: 443 with TLS, 80 without} */
  int defaultPort();
}
