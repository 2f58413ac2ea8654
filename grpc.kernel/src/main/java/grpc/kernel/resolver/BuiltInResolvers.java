package grpc.kernel.resolver;

import grpc.spi.resolver.ResolverProvider;
import java.util.List;

/** The schemes that need no module: those that resolve to what the target itself says. */
public final class BuiltInResolvers {
  /** One provider each. */
  public static final List<ResolverProvider> ALL =
      List.of(
          new PassthroughResolverProvider(),
          new UnixResolverProvider(),
          new UnixAbstractResolverProvider(),
          new IpResolverProvider("ipv4"),
          new IpResolverProvider("ipv6"));

  private BuiltInResolvers() {}
}
