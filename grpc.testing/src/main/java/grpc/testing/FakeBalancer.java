package grpc.testing;

import grpc.api.Status;
import grpc.spi.balancer.Balancer;

/**
 * A balancer for tests: give it {@link #accept} as a lambda. It ignores all other events.
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
