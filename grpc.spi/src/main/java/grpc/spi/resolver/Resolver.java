package grpc.spi.resolver;

/**
 * Watches one target. You implement it.
 *
 * <p><b>Threads.</b> All methods run one at a time on the channel's serial executor and must not
 * block. Do slow work on a virtual thread, and come back with {@code
 * context.scheduler().execute(…)}.
 *
 * <p><b>Failures.</b> A failure is a state that you publish ({@link ResolverState#failed}), never
 * an exception; then try again by yourself, with {@link grpc.spi.schedule.Backoff}. If you throw,
 * the channel takes it for a failed resolution with INTERNAL.
 *
 * <p>Publish the whole resolution each time; you may publish an equal one again. No argument is
 * null. Never publish null.
 */
public interface Resolver extends AutoCloseable {
  /**
   * Starts watching; called once, first. Do not block. Publish the first result before this returns
   * or later; until then calls wait.
   */
  void start();

  /**
   * Hints that the last resolution may be stale, because a connection was lost or failed to
   * connect. It may come often, so limit the rate. Do not override it if your results cannot
   * change, or if you are notified of changes.
   */
  default void resolveNow() {}

  /**
   * Forgets earlier failures: try again now if you wait in backoff, and ignore the rate limit once.
   * Called when the application knows that the network has changed. Do not override it if you never
   * wait.
   */
  default void resetBackoff() {
    resolveNow();
  }

  /**
   * Stops watching; called once, and last, even without {@link #start}. End your threads and
   * timers. Do not publish afterwards: the channel ignores it.
   */
  @Override
  void close();
}
