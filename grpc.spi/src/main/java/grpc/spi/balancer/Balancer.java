package grpc.spi.balancer;

import grpc.api.Status;
import grpc.spi.resolver.ResolverState;

/**
 * Turns resolutions into pickers. All methods, and every listener handed to the context, run one at
 * a time on the channel's serial executor and must not block; a balancer needs no locks. Failure is
 * a state that it publishes, never an exception.
 *
 * @param <C> the policy's configuration
 */
public interface Balancer<C> extends AutoCloseable {
  /**
   * Takes over a new resolution or configuration.
   *
   * @return OK, or why it cannot be used: the resolver then tries again, with backoff
   */
  Status accept(ResolverState.Resolved resolved, C config);

  /** Hears that resolution failed; what was resolved before stays good. */
  void resolverFailed(Status status);

  /** Connects what has gone idle. */
  void exitIdle();

  /** Shuts down its subchannels. Nothing is published afterwards. */
  @Override
  void close();
}
