package grpc.spi.resolver;

/**
 * Watches one target. You implement it.
 *
 * <p><b>Threads.</b> All methods run one at a time on the channel's serial executor and must not
 * block. Work that takes time belongs on a virtual thread, which comes back by {@code
 * context.scheduler().execute(…)}.
 *
 * <p><b>Failures.</b> A failure is a state that you publish ({@link ResolverState#failed}), never
 * an exception; then try again by yourself, with {@link grpc.spi.schedule.Backoff}. If you throw,
 * the channel takes it for a failed resolution with INTERNAL.
 *
 * <p>Publish the whole resolution each time; one that is equal to the last does no harm. No
 * argument is null. Never publish null.
 */
public interface Resolver extends AutoCloseable {
  /**
   * Starts watching; called once, first. Do not block. The first result is published before this
   * returns or later; until then calls wait.
   */
  void start();

  /**
   * Hints that the last resolution has gone stale, because a connection was lost or could not be
   * made. It may come often, so limit the rate. A resolver with results that cannot change, or one
   * that is told of changes, does not override it.
   */
  default void resolveNow() {}

  /**
   * Forgets earlier failures: what waits to be tried again is tried now, whatever the rate limit.
   * Called when the application knows that the network has changed. A resolver that never waits
   * does not override it.
   */
  default void resetBackoff() {
    resolveNow();
  }

  /**
   * Stops watching; called once, and last, even if {@link #start} was not. End your threads and
   * timers. Do not publish afterwards: the channel ignores it.
   */
  @Override
  void close();
}
