package grpc.transport.inprocess;

import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import java.net.SocketAddress;
import java.util.List;

/** The scheme {@code inprocess:name}: one endpoint, the server of that name in this runtime. */
public final class InProcessResolverProvider implements ResolverProvider {
  /** For the service loader. */
  public InProcessResolverProvider() {}

  @Override
  public String scheme() {
    return "inprocess";
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    if (target.endpoint().isEmpty() || !target.authority().isEmpty()) {
      throw new IllegalArgumentException(
          "target \""
              + target
              + "\" (expected: inprocess:name, the name that a server listens on)");
    }
    var endpoint = Endpoint.of(Address.of(InProcessAddress.named(target.endpoint())));
    return new Resolver() {
      @Override
      public void start() {
        context.publish(ResolverState.resolved(List.of(endpoint)));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<SocketAddress> sampleAddresses() {
    return List.of(InProcessAddress.named("a server"));
  }
}
