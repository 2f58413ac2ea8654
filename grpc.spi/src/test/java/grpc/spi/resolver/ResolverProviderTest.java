package grpc.spi.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ResolverProviderTest {
  private static String authority(String endpoint) {
    var provider =
        new ResolverProvider() {
          @Override
          public String scheme() {
            return "test";
          }

          @Override
          public Resolver create(Target target, ResolverContext context) {
            throw new UnsupportedOperationException();
          }
        };
    return provider.authority(new Target("test", "", endpoint));
  }

  @Test
  void authorityIsTheEndpoint() {
    assertEquals("greeter.example:80", authority("greeter.example:80"));
    assertEquals("[::1]:80", authority("[::1]:80"));
  }

  @Test
  void authorityOfNoHostIsLocalhost() {
    assertEquals("localhost", authority(""));
    assertEquals("localhost:80", authority(":80"));
  }
}
