package grpc.kernel.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import grpc.spi.schedule.SerialScheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltInResolversTest {
  private final List<SocketAddress> published = new ArrayList<>();

  private List<SocketAddress> resolve(String scheme, String endpoint) {
    var context =
        new ResolverContext() {
          @Override
          public Status publish(ResolverState resolution) {
            if (resolution instanceof ResolverState.Resolved resolved) {
              resolved
                  .endpoints()
                  .forEach(e -> published.add(e.addresses().getFirst().socketAddress()));
            }
            return Status.OK;
          }

          @Override
          public SerialScheduler scheduler() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int defaultPort() {
            return 443;
          }
        };
    BuiltInResolvers.ALL.stream()
        .filter(p -> p.scheme().equals(scheme))
        .findFirst()
        .orElseThrow()
        .create(new Target(scheme, "", endpoint), context)
        .start();
    return published;
  }

  @Test
  void passthroughLooksNothingUp() {
    assertEquals(
        List.of(InetSocketAddress.createUnresolved("no.such.host", 5)),
        resolve("passthrough", "no.such.host:5"));
  }

  @Test
  void unixPathIsTakenAsItIs() {
    assertEquals(List.of(UnixDomainSocketAddress.of("/run/s")), resolve("unix", "/run/s"));
  }

  @Test
  void eachLiteralIsAnEndpoint() {
    assertEquals(
        List.of(
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 80),
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.2"), 443)),
        resolve("ipv4", "192.0.2.1:80,192.0.2.2"));
    published.clear();
    assertEquals(
        List.of(
            new InetSocketAddress(InetAddress.ofLiteral("::1"), 80),
            new InetSocketAddress(InetAddress.ofLiteral("::2"), 443)),
        resolve("ipv6", "[::1]:80,::2"));
  }

  @Test
  void badEndpointsAreRefusedWithWhatIsExpected() {
    for (String[] bad :
        new String[][] {
          {"ipv4", "::1"}, {"ipv4", "host"}, {"ipv6", "1.2.3.4"}, {"ipv4", "1.2.3.4:x"},
          {"ipv4", "1.2.3.4,"}, {"unix", ""}, {"unix-abstract", "x"}, {"passthrough", "h:70000"},
          {"passthrough", "[::1"}
        }) {
      var e = assertThrows(IllegalArgumentException.class, () -> resolve(bad[0], bad[1]));
      assertTrue(e.getMessage().matches(".*\\((expected|use).*"), e.getMessage());
    }
  }
}
