package grpc.spi.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, 443",
    "example.com:80, example.com, 80",
    "127.0.0.1:0, 127.0.0.1, 0",
    "[::1], ::1, 443",
    "[::1]:65535, ::1, 65535",
    "2001:db8::1, 2001:db8::1, 443"
  })
  void formsThatTargetsHave(String text, String host, int port) {
    assertEquals(new HostPort(host, port), HostPort.parse(text, 443));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "[]:80",
        "[::1",
        "[::1]80",
        "[host]:80",
        "[127.0.0.1]",
        "a:",
        "a:b",
        "a:65536",
        "a:-1"
      })
  void everythingElseIsRefused(String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text, 443));
    assertTrue(e.toString().contains("\"" + text + "\" (expected: host, host:port"), e::toString);
  }
}
