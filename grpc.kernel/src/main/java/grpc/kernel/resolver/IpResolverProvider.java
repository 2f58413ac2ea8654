package grpc.kernel.resolver;

import grpc.spi.failure.Reason;
import grpc.spi.resolver.Authority;
import grpc.spi.resolver.HostPort;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ipv4:address[:port][,…]} and {@code ipv6:[address][:port][,…]}: an endpoint an address.
 *
 * @param scheme {@code ipv4} or {@code ipv6}
 */
record IpResolverProvider(String scheme) implements ResolverProvider {
  @Override
  public Resolver create(Target target, ResolverContext context) {
    var addresses = new ArrayList<SocketAddress>();
    for (String part : target.endpoint().split(",", -1)) {
      try {
        var where = HostPort.parse(part, context.defaultPort());
        addresses.add(new InetSocketAddress(literal(where.host()), where.port()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "target \"%s\": %s (expected: %s)"
                .formatted(
                    target,
                    Reason.of(e),
                    scheme.equals("ipv4") ? "ipv4:1.2.3.4:80,…" : "ipv6:[2001:db8::1]:80,…"),
            e);
      }
    }
    return new FixedResolver(context, addresses);
  }

  /** The first of the addresses: an authority has one host. */
  @Override
  public String authority(Target target) {
    return Authority.of(target.endpoint().split(",", -1)[0]);
  }

  private InetAddress literal(String host) {
    if (!scheme.equals("ipv4")) {
      return Inet6Address.ofLiteral(host);
    }
    if (host.chars().filter(c -> c == '.').count() != 3) { // the JDK reads 8080 as 0.0.31.144
      throw new IllegalArgumentException("\"" + host + "\" is no IPv4 address of four parts");
    }
    return Inet4Address.ofLiteral(host);
  }

  @Override
  public List<SocketAddress> sampleAddresses() {
    return List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }
}
