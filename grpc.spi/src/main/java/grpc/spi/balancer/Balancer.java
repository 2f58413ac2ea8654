package grpc.spi.balancer;

import grpc.api.Status;
import grpc.spi.resolver.ResolverState;

/**
 * Turns resolutions into pickers. You implement it, or compose it of {@code grpc.balancer.base}.
 *
 * <p><b>Threads.</b> All methods, and every listener that you hand to the context, run one at a
 * time on the channel's serial executor. You need no locks, and must not block. Only your pickers
 * run on other threads.
 *
 * <p><b>Failures.</b> A failure is a state that you publish ({@link BalancerContext#fail}), never
 * an exception. If you throw, calls fail with INTERNAL and your policy's name until you publish
 * again.
 *
 * <p><b>Updates.</b> Publish by {@link BalancerContext#update} when the state or the picker
 * changes, once for a burst of changes: each update wakes all calls that wait. Until your first
 * update the channel is CONNECTING and calls wait. A policy that is READY for some calls says
 * READY.
 *
 * <p>No argument is null. Never return or publish null.
 *
 * @param <C> the policy's configuration
 */
public interface Balancer<C> extends AutoCloseable {
  /**
   * Takes over a new resolution or configuration; the first one comes before any other call but
   * {@link #resolverFailed} and {@link #close}. Keep the subchannels of addresses that are still
   * there, with the calls on them, and shut down the others.
   *
   * <p>If there are no endpoints, shut down all subchannels and return {@code
   * context.fail(context.noEndpoints())}.
   *
   * @return OK, or the reason why you cannot use it: the resolver then tries again, with backoff
   */
  Status accept(ResolverState.Resolved resolved, C config);

  /**
   * A resolution failed. If you have an earlier resolution, go on with it; if calls fail anyway,
   * you may fail them with this status. If you have none, or it had no endpoints, fail calls with
   * this status.
   */
  void resolverFailed(Status status);

  /**
   * Connects subchannels that are idle, or makes the first attempt; has no effect in any other
   * state. The application asks for it, or a parent policy.
   */
  void exitIdle();

  /**
   * Shuts down all subchannels and cancels all timers; called once, and last. Do not publish
   * afterwards. Listeners and scheduled tasks may run once more, and calls ask your picker until
   * the next one is in place: they must do no harm then.
   */
  @Override
  void close();
}
