package grpc.spi.health;

import grpc.spi.schedule.SerialScheduler.Cancellable;

/**
 * Asks a connection how healthy a service of its server is (A17); a {@link java.util.ServiceLoader}
 * service. Your checker has a public constructor without arguments, and serves all channels of a
 * runtime. A channel checks health if its service config has a {@code healthCheckConfig} and its
 * policy watches health. If its runtime has no checker, it takes every connection for healthy.
 *
 * <p>If {@link #watch} or a task of yours throws, the connection counts as unhealthy, with
 * INTERNAL.
 */
public interface HealthChecker {
  /** {@return the protocol that it speaks: {@code grpc.health.v1}} */
  String protocol();

  /**
   * Starts to watch; called on the channel's serial executor, once for each connection that is
   * READY. Do not block: make calls on a virtual thread. Report the first health before this
   * returns or later; until then the connection gets no calls. If the watch fails, start it again
   * with backoff. If the server has no health service, report READY and end the watch (A17).
   *
   * @return ends the watch; the kernel runs it on the same executor. End your thread then, and
   *     report no health afterwards
   */
  Cancellable watch(HealthContext context);
}
