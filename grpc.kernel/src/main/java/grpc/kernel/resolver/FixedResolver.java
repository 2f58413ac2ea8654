package grpc.kernel.resolver;

import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import java.net.SocketAddress;
import java.util.List;

/**
 * Publishes what it was made with, once.
 *
 * @param context where to
 * @param addresses one endpoint each
 */
public record FixedResolver(ResolverContext context, List<SocketAddress> addresses)
    implements Resolver {
  /** Copies the list. */
  public FixedResolver {
    addresses = List.copyOf(addresses);
  }

  @Override
  public void start() {
    var endpoints = addresses.stream().map(a -> Endpoint.of(Address.of(a))).toList();
    context.publish(ResolverState.resolved(endpoints));
  }

  @Override
  public void close() {}
}
