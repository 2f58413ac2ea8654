package grpc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Certificates made by keytool for this test. */
class PeerIdentityTest {
  /** CN=shop, O=Acme; two DNS names, one URI, one IP address. */
  private static final String SHOP =
      """
      -----BEGIN CERTIFICATE-----
      MIIBojCCAUmgAwIBAgIJAL7rj2+r+nnsMAoGCCqGSM49BAMDMB4xDTALBgNVBAoT
      BEFjbWUxDTALBgNVBAMTBHNob3AwIBcNMjYxMTI4MjMwODQ5WhgPMjEyNjExMDQy
      MzA4NDlaMB4xDTALBgNVBAoTBEFjbWUxDTALBgNVBAMTBHNob3AwWTATBgcqhkjO
      PQIBBggqhkjOPQMBBwNCAASYhCef5bMR0dG2xrkbXya8a6Fe5dSEoTkuXoTTIe7m
      bV0fs93IQENaBsg+ae2gvHNsrEvzyT10ZurPC9SrfTFlo24wbDAdBgNVHQ4EFgQU
      dveAxPNBBMOYVsl64ATuHhoAG1YwSwYDVR0RBEQwQoIMc2hvcC5leGFtcGxlgg4q
      LnNob3AuZXhhbXBsZYYcc3BpZmZlOi8vZXhhbXBsZS5vcmcvbnMvc2hvcIcEwAAC
      ATAKBggqhkjOPQQDAwNHADBEAiA7O3ir0bPm0Jfg+4ZY4RCpu1tsfHrc8kPfXpjL
      M4KiIAIgPMCkJhJxwTEbd0DajMXnSNcgeWLiZcp6mbOVbFuYzVc=
      -----END CERTIFICATE-----
      """;

  /** CN=bare; two URIs, the first a SPIFFE ID. */
  private static final String TWO_URIS =
      """
      -----BEGIN CERTIFICATE-----
      MIIBXDCCAQKgAwIBAgIJANSeIdJhD9QRMAoGCCqGSM49BAMDMA8xDTALBgNVBAMT
      BGJhcmUwIBcNMjYxMTI4MjMwODU1WhgPMjEyNjExMDQyMzA4NTVaMA8xDTALBgNV
      BAMTBGJhcmUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASifJ7gC98n365LVJCi
      M2LQODsoSi0xmAePA/dogjA0pFoBxNhdifbLMAVs1STO8+YwNe1WGhiaKrVbnrQg
      j+5po0UwQzAdBgNVHQ4EFgQUz7SD8kPao2swYzkBHv01z/VDSXMwIgYDVR0RBBsw
      GYYMc3BpZmZlOi8vYS9ihglodHRwczovL2MwCgYIKoZIzj0EAwMDSAAwRQIgFc8+
      LzIJXcLJ2wbI+heXojH1bqR72xdodn1h82O1VkYCIQDXTBOu5kvC91unOaXNaF5f
      dbputHir87il5aJpYATR8A==
      -----END CERTIFICATE-----
      """;

  /** CN=none, without other names. */
  private static final String NO_NAMES =
      """
      -----BEGIN CERTIFICATE-----
      MIIBNjCB3aADAgECAghHgC+iSRa+8jAKBggqhkjOPQQDAzAPMQ0wCwYDVQQDEwRu
      b25lMCAXDTI2MTEyODIzMDkwMFoYDzIxMjYxMTA0MjMwOTAwWjAPMQ0wCwYDVQQD
      EwRub25lMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJS16eQ4AP1MrQDysE98w
      9+FlkWuyuYr2yn205pf8F6EEoYAC4ns0N9TcJr8+QGmgiGdzYZ3BpNGSvIRcIW1C
      EKMhMB8wHQYDVR0OBBYEFKH0qYNKKMl5RSt/awxk3ArZLL6ZMAoGCCqGSM49BAMD
      A0gAMEUCIAtcazJL54osr0dX0ICG4XKXLY4EFNXiCzKEa14VhAk3AiEA/YPK1sC0
      lQrlb/jbLv/t/nA+Yu/qmPtKkRfDAGjMpNs=
      -----END CERTIFICATE-----
      """;

  private static PeerIdentity identity(String... pem) throws CertificateException {
    var factory = CertificateFactory.getInstance("X.509");
    var chain = new ArrayList<X509Certificate>();
    for (String one : pem) {
      chain.add(
          (X509Certificate)
              factory.generateCertificate(
                  new ByteArrayInputStream(one.getBytes(StandardCharsets.US_ASCII))));
    }
    return PeerIdentity.of(chain);
  }

  @Test
  void namesAreThoseOfTheLeaf() throws Exception {
    var shop = identity(SHOP, NO_NAMES);
    assertEquals("CN=shop,O=Acme", shop.subject());
    assertEquals(List.of("shop.example", "*.shop.example"), shop.dnsNames());
    assertEquals(List.of("spiffe://example.org/ns/shop"), shop.uris());
    assertEquals(Optional.of("spiffe://example.org/ns/shop"), shop.spiffeId());
    assertEquals(2, shop.certificates().size());
    assertEquals("spiffe://example.org/ns/shop", shop.toString());
  }

  @Test
  void aLeafWithSeveralUrisHasNoSpiffeId() throws Exception {
    var two = identity(TWO_URIS);
    assertEquals(List.of("spiffe://a/b", "https://c"), two.uris());
    assertEquals(Optional.empty(), two.spiffeId());
    assertEquals("\"CN=bare\"", two.toString());
  }

  @Test
  void aLeafNeedsNoNames() throws Exception {
    var none = identity(NO_NAMES);
    assertEquals(List.of(), none.dnsNames());
    assertEquals(List.of(), none.uris());
    assertEquals(Optional.empty(), none.spiffeId());
  }

  @Test
  void aChainHasALeaf() {
    var e = assertThrows(IllegalArgumentException.class, () -> PeerIdentity.of(List.of()));
    assertEquals(
        "a peer's identity without certificates (expected: a verified chain, the leaf first)",
        e.getMessage());
  }

  @Test
  void aPeerHasNoProtectionUnlessTold() throws Exception {
    var key = Attributes.Key.<String>of("zone");
    var plain =
        Peer.of(
            InetSocketAddress.createUnresolved("far", 1),
            InetSocketAddress.createUnresolved("near", 2));
    assertEquals(SecurityLevel.NONE, plain.security().level());
    assertEquals(Optional.empty(), plain.identity());
    var shop = identity(SHOP);
    var secured =
        plain
            .with(key, "z")
            .withSecurity(
                PeerSecurity.of(SecurityLevel.PRIVACY_AND_INTEGRITY)
                    .withProtocol("TLSv1.3", "TLS_AES_128_GCM_SHA256")
                    .withIdentity(shop));
    assertEquals(Optional.of(shop), secured.identity());
    assertEquals(Optional.of("TLSv1.3"), secured.security().protocol());
    assertEquals(Optional.of("TLS_AES_128_GCM_SHA256"), secured.security().cipherSuite());
    assertEquals(Optional.of("z"), secured.attributes().find(key));
    assertEquals(plain.remote(), secured.remote());
    assertEquals(plain.local(), secured.local());
  }

  @Test
  void levelsAreOrdered() {
    assertTrue(SecurityLevel.PRIVACY_AND_INTEGRITY.satisfies(SecurityLevel.INTEGRITY));
    assertTrue(SecurityLevel.INTEGRITY.satisfies(SecurityLevel.INTEGRITY));
    assertFalse(SecurityLevel.NONE.satisfies(SecurityLevel.INTEGRITY));
  }
}
