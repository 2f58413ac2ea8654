package grpc.api;

import java.net.SocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * The two ends of the connection that carries a call, and how it is protected. Transports make it;
 * immutable.
 */
public final class Peer {
  private final SocketAddress remote;
  private final SocketAddress local;
  private final PeerSecurity security;
  private final Attributes attributes;

  private Peer(
      SocketAddress remote, SocketAddress local, PeerSecurity security, Attributes attributes) {
    this.remote = Objects.requireNonNull(remote, "remote");
    this.local = Objects.requireNonNull(local, "local");
    this.security = Objects.requireNonNull(security, "security (for none: PeerSecurity.NONE)");
    this.attributes = Objects.requireNonNull(attributes, "attributes (for none: EMPTY)");
  }

  /** {@return the two ends of a connection without protection} */
  public static Peer of(SocketAddress remote, SocketAddress local) {
    return new Peer(remote, local, PeerSecurity.NONE, Attributes.EMPTY);
  }

  /** {@return a copy with this protection} */
  public Peer withSecurity(PeerSecurity protection) {
    return new Peer(remote, local, protection, attributes);
  }

  /** {@return a copy with one more attribute} */
  public <T> Peer with(Attributes.Key<T> key, T value) {
    return new Peer(remote, local, security, attributes.with(key, value));
  }

  /** {@return the other side's address} */
  public SocketAddress remote() {
    return remote;
  }

  /** {@return this side's address} */
  public SocketAddress local() {
    return local;
  }

  /** {@return how the connection is protected} */
  public PeerSecurity security() {
    return security;
  }

  /**
   * {@return the proven identity of the other side; empty if the credentials asked for no proof, or
   * the other side gave none}
   */
  public Optional<PeerIdentity> identity() {
    return security.identity();
  }

  /** {@return further facts from the transport and the credentials} */
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public String toString() {
    return "Peer[remote=%s, local=%s, security=%s]".formatted(remote, local, security);
  }
}
