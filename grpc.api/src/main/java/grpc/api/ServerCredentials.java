package grpc.api;

/**
 * The protection of the connections to one of a server's addresses, and the proof of identity that
 * server and clients give each other. An address has no default credentials: you must ask for
 * plaintext, too, by name.
 *
 * <p>Modules make credentials. To write credentials of your own, implement {@code
 * grpc.spi.credentials.ServerSecurity}; a server refuses any other implementation. Safe for use by
 * several threads and servers.
 */
public interface ServerCredentials {
  /**
   * {@return credentials for connections without protection} Anyone between client and server can
   * read and change the data. Use them for tests, and in networks that are protected by other
   * means.
   */
  static ServerCredentials plaintext() {
    return Plaintext.SERVER;
  }
}
