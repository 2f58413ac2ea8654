package grpc.api;

/**
 * The protection of a channel's connections, and the proof of the client's identity for servers. A
 * channel has no default credentials: you must ask for plaintext, too, by name.
 *
 * <p>Modules make credentials. To write credentials of your own, implement {@code
 * grpc.spi.credentials.ChannelSecurity}; a channel refuses any other implementation. Safe for use
 * by several threads and channels.
 */
public interface ChannelCredentials {
  /**
   * {@return credentials for connections without protection} Anyone between client and server can
   * read and change the data. Use them for tests, and in networks that are protected by other
   * means.
   */
  static ChannelCredentials plaintext() {
    return Plaintext.CHANNEL;
  }

  /** {@return the port for targets without one: 443 with TLS, 80 without} */
  int defaultPort();
}
