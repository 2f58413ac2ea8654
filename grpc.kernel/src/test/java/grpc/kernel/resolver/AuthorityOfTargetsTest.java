package grpc.kernel.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.kernel.channel.TargetParser;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What calls carry as {@code :authority} where nobody chooses it. */
class AuthorityOfTargetsTest {
  private static String of(String text) {
    var target =
        TargetParser.parse(
            text,
            BuiltInResolvers.ALL.stream()
                .map(ResolverProvider::scheme)
                .collect(Collectors.toSet()));
    return BuiltInResolvers.ALL.stream()
        .filter(provider -> provider.scheme().equals(target.scheme()))
        .findFirst()
        .orElseThrow()
        .authority(target);
  }

  private static String of(SocketAddress address) {
    return new AddressResolverProvider(address).authority(new Target("address", "", "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ipv4:192.0.2.1:80|192.0.2.1:80",
        "ipv4:192.0.2.1|192.0.2.1",
        "ipv4:192.0.2.1:80,192.0.2.2:81|192.0.2.1:80",
        "ipv4:///192.0.2.1:80,192.0.2.2:81|192.0.2.1:80",
        "ipv6:[2001:db8::1]:80,[2001:db8::2]:80|[2001:db8::1]:80",
        "ipv6:2001:db8::1,2001:db8::2|[2001:db8::1]",
        "ipv6:[fe80::1%25eth0]:80|[fe80::1]:80",
        "ipv6:fe80::1%25eth0|[fe80::1]",
        "passthrough:///greeter.example:80|greeter.example:80",
        "passthrough:///[fe80::1%25eth0]:80|[fe80::1]:80",
        "passthrough:///::1|[::1]",
        "unix:///run/greeter.sock|localhost",
        "unix:greeter.sock|localhost",
      })
  void targetsHaveOneHostAndNoZone(String target, String authority) {
    assertEquals(authority, of(target));
  }

  @Test
  void addressesOfIpv6AreInBracketsAndHaveNoZone() throws UnknownHostException {
    assertEquals("[0:0:0:0:0:0:0:1]:80", of(new InetSocketAddress("::1", 80)));
    assertEquals("[::1]:80", of(InetSocketAddress.createUnresolved("::1", 80)));
    assertEquals(
        "[fe80:0:0:0:0:0:0:1]:80",
        of(new InetSocketAddress(InetAddress.getByName("fe80::1%1"), 80)));
    assertEquals("[fe80::1]:80", of(InetSocketAddress.createUnresolved("fe80::1%eth0", 80)));
  }

  @Test
  void otherAddressesAreTheHostAndThePort() {
    assertEquals("127.0.0.1:80", of(new InetSocketAddress("127.0.0.1", 80)));
    assertEquals("a.example:80", of(InetSocketAddress.createUnresolved("a.example", 80)));
    assertEquals("b%C3%BC.example:80", of(InetSocketAddress.createUnresolved("bü.example", 80)));
    assertEquals("localhost", of(UnixDomainSocketAddress.of("/run/greeter.sock")));
  }
}
