package grpc.kernel.resolver;

import grpc.spi.resolver.Authority;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * Resolves the target of a channel that was opened to an address.
 *
 * @param address the one endpoint
 */
public record AddressResolverProvider(SocketAddress address) implements ResolverProvider {
  @Override
  public String scheme() {
    return "address";
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    return new FixedResolver(context, List.of(address));
  }

  @Override
  public String authority(Target target) {
    return address instanceof InetSocketAddress inet ? Authority.of(inet) : Authority.LOCALHOST;
  }
}
