package grpc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.resolver.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetParserTest {
  private static Target parse(String text) {
    return TargetParser.parse(text, Set.of("unix", "test"));
  }

  @Test
  void nameWithoutSchemeIsForDns() {
    assertEquals(new Target("dns", "", "localhost:50051"), parse("localhost:50051"));
    assertEquals(new Target("dns", "", "example.com"), parse("example.com"));
    assertEquals(new Target("dns", "", "[::1]:80"), parse("[::1]:80"));
  }

  @Test
  void schemeAuthorityAndEndpointAreToldApart() {
    assertEquals(new Target("dns", "8.8.8.8:53", "host:1"), parse("dns://8.8.8.8:53/host:1"));
    assertEquals(new Target("dns", "", "host:1"), parse("DNS:///host:1"));
    assertEquals(new Target("test", "", "a b"), parse("test:a%20b"));
    assertEquals(new Target("other", "", "x"), parse("other:///x"));
    assertEquals(new Target("xds", "", "x"), parse("xds:x"));
  }

  @Test
  void unixPathKeepsItsSlash() {
    assertEquals(new Target("unix", "", "relative"), parse("unix:relative"));
    assertEquals(new Target("unix", "", "/run/socket"), parse("unix:/run/socket"));
    assertEquals(new Target("unix", "", "/run/socket"), parse("unix:///run/socket"));
  }

  @Test
  void malformedTargetsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> parse(""));
    assertThrows(IllegalArgumentException.class, () -> parse("test:%zz"));
  }

  @Test
  void theZoneOfAnAddressIsEncoded() {
    assertEquals(new Target("ipv6", "", "[fe80::1%lo]:80"), parse("ipv6:[fe80::1%25lo]:80"));
    assertEquals(
        "target \"ipv6:[fe80::1%lo]:80\": malformed percent-encoding (expected: % and two hex"
            + " digits; an IPv6 address has %25 before its zone: [fe80::1%25lo])",
        assertThrows(IllegalArgumentException.class, () -> parse("ipv6:[fe80::1%lo]:80"))
            .getMessage());
    assertEquals(
        "target \"test:[a]%zz\": malformed percent-encoding (expected: % and two hex digits)",
        assertThrows(IllegalArgumentException.class, () -> parse("test:[a]%zz")).getMessage());
  }

  @Test
  void aSchemeWithoutAResolverIsNamedAndAPortIsNone() {
    assertEquals(
        "; 'acme' is no scheme of this runtime's resolvers (found: test, unix), so all of it was"
            + " taken for a DNS name",
        TargetParser.hint("acme:greeter", Set.of("unix", "test")));
    for (String text :
        List.of("acme:80", "acme:", "acme", "test:x", "xds:x", "acme:///x", "[::1]:x")) {
      assertEquals("", TargetParser.hint(text, Set.of("unix", "test")), text);
    }
  }

  @Test
  void controlCharactersAreNoPartOfATarget() {
    for (String text : new String[] {"test:a\n", "host:1\r", "dns:///a\tb", "unix:\0x", "\u009f"}) {
      var refused = assertThrows(IllegalArgumentException.class, () -> parse(text), text);
      assertTrue(refused.getMessage().contains("character U+00"), refused::getMessage);
      assertTrue(
          refused.getMessage().chars().noneMatch(Character::isISOControl), refused::getMessage);
    }
    assertEquals(
        "target \"ipv4:1.2.3.4:5?\": character U+000A at index 14 (expected: no control"
            + " characters; strip what you read from a file)",
        assertThrows(IllegalArgumentException.class, () -> parse("ipv4:1.2.3.4:5\n")).getMessage());
  }
}
