package grpc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ChannelCredentials;
import grpc.kernel.resolver.AddressResolverProvider;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a builder refuses before it comes to the wire. */
class GrpcChannelBuilderTest {
  private static GrpcChannelBuilder builder() {
    return GrpcChannel.builder("ipv4:127.0.0.1:1", ChannelCredentials.plaintext());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.example\r\nx: y",
        "a.example\n",
        "a\u0000b",
        "b\u00fc.example",
        " a.example",
        "a example",
        "a.example/path",
        "user@a.example",
        "a\u007f"
      })
  void authorityThatIsNoneIsRefused(String authority) {
    var e = assertThrows(IllegalArgumentException.class, () -> builder().authority(authority));
    assertTrue(e.getMessage().contains("(expected: host or host:port)"), e.getMessage());
    assertTrue(e.getMessage().chars().allMatch(c -> c >= ' ' && c <= '~'), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop/1\r\nx: y", "sh\u00f6p", "a\tb", "a\u0000b", "\u007f"})
  void userAgentThatCannotBeSentIsRefused(String application) {
    var e = assertThrows(IllegalArgumentException.class, () -> builder().userAgent(application));
    assertTrue(e.getMessage().contains("printable ASCII"), e.getMessage());
    assertTrue(e.getMessage().chars().allMatch(c -> c >= ' ' && c <= '~'), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, 0})
  void limitForHeadersThatIsNoneIsRefused(int bytes) {
    var e = assertThrows(IllegalArgumentException.class, () -> builder().maxHeaderListSize(bytes));
    assertEquals("maxHeaderListSize: " + bytes + " (expected: 1 or more)", e.getMessage());
  }

  @Test
  void userAgentAndAuthorityThatCanBeSentAreTaken() {
    builder().userAgent(" shop/1.2 (linux; x86) ").userAgent("").authority("a.example:80");
    builder().authority("[2001:db8::1]:80").authority("my_service");
  }

  @Test
  void resolverWithAnAuthorityThatIsNoneIsNamed() {
    var broken =
        new ResolverProvider() {
          @Override
          public String scheme() {
            return "broken";
          }

          @Override
          public Resolver create(Target target, ResolverContext context) {
            return new AddressResolverProvider(InetSocketAddress.createUnresolved("a", 1))
                .create(target, context);
          }

          @Override
          public String authority(Target target) {
            return "a\nb";
          }
        };
    var runtime = GrpcRuntime.builder().build();
    var builder =
        GrpcChannel.builder("broken:x", ChannelCredentials.plaintext())
            .runtime(runtime)
            .resolver(broken);
    var e = assertThrows(IllegalArgumentException.class, builder::open);
    assertTrue(e.getMessage().contains("gives it a bad authority"), e.getMessage());
    assertEquals(-1, e.getMessage().indexOf('\n'));
  }
}
