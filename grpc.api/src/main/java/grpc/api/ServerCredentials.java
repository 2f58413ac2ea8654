package grpc.api;

/**
 * How a server protects the connections to one address, proves to clients who it is, and learns who
 * they are. An address has no default credentials: plaintext, too, must be asked for by name.
 *
 * <p>Modules make credentials. To write credentials of your own, implement {@code
 * grpc.spi.credentials.ServerSecurity}; a server refuses any other implementation. Safe for use by
 * several threads and servers.
 */
public interface ServerCredentials {
  /**
   * {@return credentials for connections without protection: everyone on the way can read and
   * change what they carry} For networks that protect them by other means, and for tests.
   */
  static ServerCredentials plaintext() {
    return Plaintext.SERVER;
  }
}
