package grpc.spi.resolver;

/**
 * Watches one target. All methods run on the channel's serial executor and must not block: what
 * takes time belongs on a virtual thread that comes back with {@link ResolverContext#scheduler}.
 */
public interface Resolver extends AutoCloseable {
  /** Starts watching; called once. The first result is published then or later. */
  void start();

  /** Hints that the last resolution has gone stale. Rate limits are the resolver's own. */
  default void resolveNow() {}

  /**
   * Forgets earlier failures: what waits to be tried again is tried now, whatever the rate limit.
   * Called when the application knows that the network has changed. A resolver that never waits has
   * nothing to do.
   */
  default void resetBackoff() {
    resolveNow();
  }

  /** Stops watching. Nothing is published afterwards. */
  @Override
  void close();
}
