package grpc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.spi.resolver.Target;
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
}
