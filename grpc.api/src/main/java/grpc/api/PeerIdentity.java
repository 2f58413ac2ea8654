package grpc.api;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The proven identity of the other side of a connection: a chain of certificates that the
 * credentials have verified, and the names in its first certificate, the leaf. Immutable.
 */
public final class PeerIdentity {
  private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6, the choices of GeneralName
  private static final int URI_NAME = 6;

  private final List<X509Certificate> certificates;
  private final List<String> dnsNames;
  private final List<String> uris;

  private PeerIdentity(List<X509Certificate> certificates) throws CertificateParsingException {
    this.certificates = List.copyOf(certificates);
    var leaf = this.certificates.getFirst();
    this.dnsNames = names(leaf, DNS_NAME);
    this.uris = names(leaf, URI_NAME);
  }

  /**
   * {@return the identity that this chain proves} Verify the chain before you call this.
   *
   * @param certificates the leaf first
   * @throws IllegalArgumentException if the chain is empty, or the names of the leaf cannot be read
   */
  public static PeerIdentity of(List<X509Certificate> certificates) {
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "a peer's identity without certificates (expected: a verified chain, the leaf first)");
    }
    try {
      return new PeerIdentity(certificates);
    } catch (CertificateParsingException e) {
      throw new IllegalArgumentException(
          "the names of the certificate of \"%s\" cannot be read"
              .formatted(certificates.getFirst().getSubjectX500Principal().getName()),
          e);
    }
  }

  private static List<String> names(X509Certificate leaf, int kind)
      throws CertificateParsingException {
    Collection<List<?>> all = leaf.getSubjectAlternativeNames();
    if (all == null) {
      return List.of();
    }
    return all.stream()
        .filter(name -> Integer.valueOf(kind).equals(name.getFirst()))
        .map(name -> (String) name.get(1))
        .toList();
  }

  /** {@return the verified chain, the leaf first} */
  public List<X509Certificate> certificates() {
    return certificates;
  }

  /** {@return the subject of the leaf as in RFC 2253, for example {@code CN=shop,O=Acme}} */
  public String subject() {
    return certificates.getFirst().getSubjectX500Principal().getName();
  }

  /** {@return the DNS names among the subject alternative names of the leaf, in their order} */
  public List<String> dnsNames() {
    return dnsNames;
  }

  /** {@return the URIs among the subject alternative names of the leaf, in their order} */
  public List<String> uris() {
    return uris;
  }

  /**
   * {@return the SPIFFE ID: the URI of a leaf that has exactly one, of the scheme {@code spiffe}
   * (X509-SVID §2)}
   */
  public Optional<String> spiffeId() {
    return uris.size() == 1 && uris.getFirst().startsWith("spiffe://")
        ? Optional.of(uris.getFirst())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return spiffeId().orElseGet(() -> "\"" + subject() + "\"");
  }
}
