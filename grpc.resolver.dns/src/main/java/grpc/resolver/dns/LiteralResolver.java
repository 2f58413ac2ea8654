package grpc.resolver.dns;

import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Publishes an IP address once; it needs no server.
 *
 * @param context publishes it
 * @param address the literal
 * @param port its port
 */
record LiteralResolver(ResolverContext context, InetAddress address, int port) implements Resolver {
  @Override
  public void start() {
    var endpoint = Endpoint.of(Address.of(new InetSocketAddress(address, port)));
    context.publish(ResolverState.resolved(List.of(endpoint)));
  }

  @Override
  public void close() {}
}
