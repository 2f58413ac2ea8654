package grpc.kernel.resolver;

import grpc.spi.resolver.Authority;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;

/** {@code unix:path} and {@code unix:///absolute/path}. */
final class UnixResolverProvider implements ResolverProvider {
  @Override
  public String scheme() {
    return "unix";
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    if (target.endpoint().isEmpty() || !target.authority().isEmpty()) {
      throw new IllegalArgumentException(
          "target \"" + target + "\" (expected: unix:path or unix:///absolute/path)");
    }
    return new FixedResolver(context, List.of(UnixDomainSocketAddress.of(target.endpoint())));
  }

  @Override
  public String authority(Target target) {
    return Authority.LOCALHOST;
  }

  @Override
  public List<SocketAddress> sampleAddresses() {
    return List.of(UnixDomainSocketAddress.of("socket"));
  }
}
