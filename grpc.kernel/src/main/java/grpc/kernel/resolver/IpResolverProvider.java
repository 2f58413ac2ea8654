package grpc.kernel.resolver;

import grpc.spi.resolver.HostPort;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;

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
        var literal =
            scheme.equals("ipv4")
                ? Inet4Address.ofLiteral(where.host())
                : Inet6Address.ofLiteral(where.host());
        addresses.add(new InetSocketAddress(literal, where.port()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "target \"%s\": %s (expected: %s)"
                .formatted(
                    target,
                    e.getMessage(),
                    scheme.equals("ipv4") ? "ipv4:1.2.3.4:80,…" : "ipv6:[2001:db8::1]:80,…"),
            e);
      }
    }
    return new FixedResolver(context, addresses);
  }
}
