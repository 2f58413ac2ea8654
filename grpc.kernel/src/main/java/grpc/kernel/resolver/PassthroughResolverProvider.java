package grpc.kernel.resolver;

import grpc.spi.failure.Reason;
import grpc.spi.resolver.HostPort;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * {@code passthrough:///host:port} hands host and port to the transport, which looks the host up.
 */
final class PassthroughResolverProvider implements ResolverProvider {
  @Override
  public String scheme() {
    return "passthrough";
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    HostPort where;
    try {
      where = HostPort.parse(target.endpoint(), context.defaultPort());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("target \"%s\": %s".formatted(target, Reason.of(e)), e);
    }
    return new FixedResolver(
        context, List.of(InetSocketAddress.createUnresolved(where.host(), where.port())));
  }

  @Override
  public List<SocketAddress> sampleAddresses() {
    return List.of(InetSocketAddress.createUnresolved("host", 443));
  }
}
