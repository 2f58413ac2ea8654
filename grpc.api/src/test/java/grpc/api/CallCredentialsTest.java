package grpc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallCredentialsTest {
  private static final MethodDescriptor<String, String> METHOD =
      MethodDescriptor.of("shop.Orders/Place", MethodType.UNARY, String.class, String.class, "t");
  private static final Peer PEER =
      Peer.of(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("127.0.0.1", 2));

  @ParameterizedTest
  @CsvSource({
    "a.example, https://a.example/shop.Orders",
    "a.example:443, https://a.example/shop.Orders",
    "a.example:8443, https://a.example:8443/shop.Orders",
    "a.example:4430, https://a.example:4430/shop.Orders",
    "[2001:db8::443], https://[2001:db8::443]/shop.Orders",
    "[2001:db8::1]:443, https://[2001:db8::1]/shop.Orders"
  })
  void audienceIsTheServiceWithoutTheDefaultPort(String authority, String audience) {
    assertEquals(audience, CallCredentials.Attempt.of(METHOD, authority, PEER).audience());
  }

  @Test
  void attemptHasWhatItIsMadeOf() {
    var attempt = CallCredentials.Attempt.of(METHOD, "a.example", PEER);
    assertSame(METHOD, attempt.method());
    assertEquals("a.example", attempt.authority());
    assertSame(PEER, attempt.peer());
  }

  @Test
  void credentialsRequirePrivacyUnlessTheySayOtherwise() {
    CallCredentials token = attempt -> Metadata.EMPTY;
    assertEquals(SecurityLevel.PRIVACY_AND_INTEGRITY, token.requiredSecurity());
  }
}
