package grpc.resolver.dns;

import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** {@code dns:host[:port]} and {@code dns://server[:port]/host[:port]}. */
public final class DnsResolverProvider implements ResolverProvider {
  private static final int DNS_PORT = 53;

  /** For the service loader. */
  public DnsResolverProvider() {}

  @Override
  public String scheme() {
    return "dns";
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    try {
      var where = HostPort.parse(target.endpoint(), context.defaultPort());
      var literal = literal(where.host());
      if (literal.isPresent()) {
        return new LiteralResolver(context, literal.get(), where.port());
      }
      var server =
          target.authority().isEmpty()
              ? Optional.<HostPort>empty()
              : Optional.of(HostPort.parse(target.authority(), DNS_PORT));
      return new DnsResolver(
          context,
          where,
          new DnsjavaLookup(server),
          new Backoff(() -> ThreadLocalRandom.current().nextDouble()),
          task -> Thread.ofVirtual().name("grpc-dns " + where.host()).start(task));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "target \"%s\": %s (expected: dns:host:port or dns://server:port/host:port)"
              .formatted(target, e.getMessage()),
          e);
    }
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a name
    }
  }
}
