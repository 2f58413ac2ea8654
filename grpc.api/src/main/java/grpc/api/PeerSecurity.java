package grpc.api;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The protection of a connection. Credentials make it after the handshake; immutable. */
public final class PeerSecurity {
  /** Plaintext. */
  public static final PeerSecurity NONE = of(SecurityLevel.NONE);

  private final SecurityLevel level;
  private final @Nullable String protocol;
  private final @Nullable String cipherSuite;
  private final @Nullable PeerIdentity identity;

  private PeerSecurity(
      SecurityLevel level,
      @Nullable String protocol,
      @Nullable String cipherSuite,
      @Nullable PeerIdentity identity) {
    this.level = level;
    this.protocol = protocol;
    this.cipherSuite = cipherSuite;
    this.identity = identity;
  }

  /** {@return protection of this level} */
  public static PeerSecurity of(SecurityLevel level) {
    return new PeerSecurity(Objects.requireNonNull(level, "level"), null, null, null);
  }

  /**
   * {@return a copy that names the protocol and the cipher suite}
   *
   * @param protocolName for example {@code TLSv1.3}
   * @param suite for example {@code TLS_AES_128_GCM_SHA256}
   */
  public PeerSecurity withProtocol(String protocolName, String suite) {
    return new PeerSecurity(
        level,
        Objects.requireNonNull(protocolName, "protocol"),
        Objects.requireNonNull(suite, "cipher suite"),
        identity);
  }

  /** {@return a copy with the peer's proven identity} */
  public PeerSecurity withIdentity(PeerIdentity proved) {
    return new PeerSecurity(
        level, protocol, cipherSuite, Objects.requireNonNull(proved, "identity"));
  }

  /** {@return the level of protection} */
  public SecurityLevel level() {
    return level;
  }

  /** {@return the protocol, for example {@code TLSv1.3}; empty if there is none} */
  public Optional<String> protocol() {
    return Optional.ofNullable(protocol);
  }

  /** {@return the cipher suite; empty if there is none} */
  public Optional<String> cipherSuite() {
    return Optional.ofNullable(cipherSuite);
  }

  /** {@return the peer's proven identity, if it gave a proof} */
  public Optional<PeerIdentity> identity() {
    return Optional.ofNullable(identity);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(level.toString());
    protocol().ifPresent(p -> text.append(' ').append(p));
    cipherSuite().ifPresent(s -> text.append(' ').append(s));
    identity().ifPresent(i -> text.append(' ').append(i));
    return text.toString();
  }
}
