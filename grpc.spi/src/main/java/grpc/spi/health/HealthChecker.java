package grpc.spi.health;

import grpc.spi.schedule.SerialScheduler.Cancellable;

/**
 * Asks a connection how healthy a service of its server is (A17); a {@link java.util.ServiceLoader}
 * service. Your checker has a public constructor without arguments, and serves all channels of a
 * runtime. A channel asks if its service config has a {@code healthCheckConfig} and its policy
 * wants to know; if its runtime has no checker, it takes every connection for healthy.
 *
 * <p>If {@link #watch} or a task of yours throws, the connection counts as unhealthy, with
 * INTERNAL.
 */
public interface HealthChecker {
  /** {@return the protocol that it speaks: {@code grpc.health.v1}} */
  String protocol();

  /**
   * Starts to watch; called on the channel's serial executor, once for each connection that is
   * READY. Do not block: make calls on a virtual thread. Give the first health before this returns
   * or later; until then the connection gets no calls. If the watch fails, start it again with
   * backoff; if the server has no such service, the health is READY for good (A17).
   *
   * @return ends the watch, on the same executor: end your thread then, and give no health
   *     afterwards
   */
  Cancellable watch(HealthContext context);
}
