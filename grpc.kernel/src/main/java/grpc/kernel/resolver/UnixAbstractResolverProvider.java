package grpc.kernel.resolver;

import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;

/** Refuses {@code unix-abstract:name}, which the JDK has no addresses for. */
final class UnixAbstractResolverProvider implements ResolverProvider {
  @Override
  public String scheme() {
    return "unix-abstract";
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    throw new IllegalArgumentException(
        "target \""
            + target
            + "\": the JDK cannot connect to abstract unix sockets (use unix:path, a socket file)");
  }
}
