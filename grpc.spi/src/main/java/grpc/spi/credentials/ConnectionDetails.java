package grpc.spi.credentials;

import grpc.api.Attributes;
import java.net.SocketAddress;
import java.util.Objects;

/** A connection, for credentials that decide how to protect it. Transports make it; immutable. */
public final class ConnectionDetails {
  private final SocketAddress remote;
  private final SocketAddress local;
  private final String authority;
  private final Attributes attributes;

  private ConnectionDetails(
      SocketAddress remote, SocketAddress local, String authority, Attributes attributes) {
    this.remote = Objects.requireNonNull(remote, "remote");
    this.local = Objects.requireNonNull(local, "local");
    this.authority = Objects.requireNonNull(authority, "authority");
    this.attributes = Objects.requireNonNull(attributes, "attributes");
  }

  /**
   * {@return a client's connection}
   *
   * @param authority the channel's {@code :authority}, the name that the server must prove
   * @param attributes the address's attributes from the resolver
   */
  public static ConnectionDetails ofClient(
      SocketAddress remote, SocketAddress local, String authority, Attributes attributes) {
    return new ConnectionDetails(remote, local, authority, attributes);
  }

  /** {@return a connection that a server has accepted} */
  public static ConnectionDetails ofServer(SocketAddress remote, SocketAddress local) {
    return new ConnectionDetails(remote, local, "", Attributes.EMPTY);
  }

  /** {@return the other side's address} */
  public SocketAddress remote() {
    return remote;
  }

  /** {@return this side's address} */
  public SocketAddress local() {
    return local;
  }

  /** {@return the channel's {@code :authority}; empty on a server} */
  public String authority() {
    return authority;
  }

  /** {@return the address's attributes from the resolver; empty on a server} */
  public Attributes attributes() {
    return attributes;
  }
}
