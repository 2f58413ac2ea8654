package grpc.spi.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.example|a.example",
        "a.example:80|a.example:80",
        "my_service:80|my_service:80",
        "192.0.2.1:80|192.0.2.1:80",
        "[2001:db8::1]:80|[2001:db8::1]:80",
        "2001:db8::1|[2001:db8::1]",
        "::ffff:192.0.2.1|[::ffff:192.0.2.1]",
        "[fe80::1%eth0]:80|[fe80::1]:80",
        "fe80::1%eth0|[fe80::1]",
        "[fe80::1%eth0]|[fe80::1]",
        "'a b'|a%20b",
        "a/b/c|a%2Fb%2Fc",
        "user@a|user%40a",
        "100%|100%25",
        "[no address]|[no%20address]",
        "x:y:z|x:y:z",
        "'a:1,b:2'|a:1,b:2"
      })
  void endpointsHaveAnAuthority(String endpoint, String authority) {
    assertEquals(authority, Authority.of(endpoint));
  }

  @Test
  void whatWouldBreakAHeaderIsEncoded() {
    assertEquals("a%0D%0Ab%3F%00", Authority.of("a\r\nb?\0"));
    assertEquals("b%C3%BC", Authority.of("bü"));
  }

  @Test
  void nobodyIsThisMachine() {
    assertEquals("localhost", Authority.of(""));
    assertEquals("localhost:80", Authority.of(":80"));
  }

  @Test
  void addressesHaveTheirPort() {
    assertEquals("a:1", Authority.of(InetSocketAddress.createUnresolved("a", 1)));
    assertEquals("[::1]:1", Authority.of(InetSocketAddress.createUnresolved("::1", 1)));
    assertEquals("[fe80::1]:1", Authority.of(InetSocketAddress.createUnresolved("fe80::1%x", 1)));
  }
}
