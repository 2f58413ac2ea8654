package grpc.kernel.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.kernel.channel.TargetParser;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import grpc.testing.FakeResolverContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** gRPC's naming document, rule by rule, from the target's text to the addresses. */
class NamingTest {
  private static Target parse(String text) {
    return TargetParser.parse(
        text,
        BuiltInResolvers.ALL.stream().map(ResolverProvider::scheme).collect(Collectors.toSet()));
  }

  private static ResolverProvider provider(Target target) {
    return BuiltInResolvers.ALL.stream()
        .filter(p -> p.scheme().equals(target.scheme()))
        .findFirst()
        .orElseThrow();
  }

  private static List<SocketAddress> resolve(String text) {
    var target = parse(text);
    var context = new FakeResolverContext();
    try (var resolver = provider(target).create(target, context)) {
      context.scheduler().execute(resolver::start);
      context.scheduler().run();
      return ((ResolverState.Resolved) context.published().getLast())
          .endpoints().stream().map(e -> e.addresses().getFirst().socketAddress()).toList();
    }
  }

  private static void refused(String text, String message) {
    var e = assertThrows(IllegalArgumentException.class, () -> resolve(text), text);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static InetSocketAddress ip(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  @Test
  void pathOfUnixIsRelativeOrAbsolute() {
    assertEquals(List.of(UnixDomainSocketAddress.of("run/s")), resolve("unix:run/s"));
    assertEquals(List.of(UnixDomainSocketAddress.of("/run/s")), resolve("unix:/run/s"));
  }

  @Test
  void pathAfterTwoSlashesOfUnixIsAbsolute() {
    assertEquals(List.of(UnixDomainSocketAddress.of("/run/s")), resolve("unix:///run/s"));
    refused("unix://run/s", "(expected: unix:path or unix:///absolute/path)");
    refused("unix://run", "(expected: unix:path or unix:///absolute/path)");
    refused("unix:", "(expected: unix:path or unix:///absolute/path)");
  }

  @Test
  void authorityOfUnixIsLocalhost() {
    var target = parse("unix:///run/s");
    assertEquals("localhost", provider(target).authority(target));
  }

  @Test
  void abstractUnixIsRefusedWithWhatToUse() {
    refused(
        "unix-abstract:name",
        "target \"unix-abstract:name\": the JDK cannot connect to abstract unix sockets"
            + " (use unix:path, a socket file)");
  }

  @Test
  void ipv4ListsAddressesWithPorts() {
    assertEquals(
        List.of(ip("192.0.2.1", 80), ip("192.0.2.2", 81)),
        resolve("ipv4:192.0.2.1:80,192.0.2.2:81"));
  }

  @Test
  void portIsTheDefaultOneIfNoneIsGiven() {
    assertEquals(
        List.of(ip("192.0.2.1", 80), ip("192.0.2.2", 1)), resolve("ipv4:192.0.2.1,192.0.2.2:1"));
    assertEquals(List.of(ip("2001:db8::1", 80)), resolve("ipv6:[2001:db8::1]"));
    assertEquals(
        List.of(InetSocketAddress.createUnresolved("host", 80)), resolve("passthrough:///host"));
  }

  @Test
  void ipv4HasFourParts() {
    refused("ipv4:8080", "(expected: ipv4:1.2.3.4:80,…)");
    refused("ipv4:127.1:80", "(expected: ipv4:1.2.3.4:80,…)");
    refused("ipv4:localhost:80", "(expected: ipv4:1.2.3.4:80,…)");
    refused("ipv4:[192.0.2.1]:80", "(expected: ipv4:1.2.3.4:80,…)");
    refused("ipv4:[2001:db8::1]:80", "(expected: ipv4:1.2.3.4:80,…)");
    refused("ipv4:", "(expected: ipv4:1.2.3.4:80,…)");
    refused("ipv4:192.0.2.1:80,", "(expected: ipv4:1.2.3.4:80,…)");
  }

  @Test
  void ipv6WithAPortIsInBrackets() {
    assertEquals(
        List.of(ip("2607:f8b0:400e:c00::ef", 443), ip("::", 1234)),
        resolve("ipv6:[2607:f8b0:400e:c00::ef]:443,[::]:1234"));
  }

  @Test
  void ipv6WithoutAPortNeedsNoBrackets() {
    assertEquals(List.of(ip("::1", 80), ip("::2", 80)), resolve("ipv6:::1,::2"));
    assertEquals(
        List.of(ip("2001:db8::1:80", 80)),
        resolve("ipv6:2001:db8::1:80"),
        "its last part is no port");
  }

  @Test
  void ipv6TakesNoOther() {
    refused("ipv6:[192.0.2.1]:80", "(expected: ipv6:[2001:db8::1]:80,…)");
    refused("ipv6:192.0.2.1", "(expected: ipv6:[2001:db8::1]:80,…)");
    refused("ipv6:host", "(expected: ipv6:[2001:db8::1]:80,…)");
    refused("ipv6:[::1]80", "(expected: ipv6:[2001:db8::1]:80,…)");
  }

  @Test
  void passthroughIsNotLookedUp() {
    assertEquals(
        List.of(InetSocketAddress.createUnresolved("no.such.host", 5)),
        resolve("passthrough:///no.such.host:5"));
    assertEquals(
        List.of(InetSocketAddress.createUnresolved("no.such.host", 5)),
        resolve("passthrough:no.such.host:5"));
  }
}
