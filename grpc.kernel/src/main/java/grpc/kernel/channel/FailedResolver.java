package grpc.kernel.channel;

import grpc.api.Status;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;

/**
 * In the place of a resolver that could not be made.
 *
 * @param context where it publishes that
 * @param status why
 */
record FailedResolver(ResolverContext context, Status status) implements Resolver {
  @Override
  public void start() {
    context.publish(ResolverState.failed(status));
  }

  @Override
  public void close() {}
}
