package grpc.testing;

import grpc.api.Status;
import grpc.spi.balancer.Balancer;

/**
 * A balancer that does with a resolution what the test says, as a lambda for {@link #accept}, and
 * takes no notice of all else.
 *
 * @param <C> its configuration
 */
@FunctionalInterface
public interface FakeBalancer<C> extends Balancer<C> {
  @Override
  default void resolverFailed(Status status) {}

  @Override
  default void exitIdle() {}

  @Override
  default void close() {}
}
