package grpc.spi.health;

import grpc.spi.schedule.SerialScheduler.Cancellable;

/**
 * Asks a connection how healthy a service of its server is (A17); a {@link java.util.ServiceLoader}
 * service. A channel asks where its service config has a {@code healthCheckConfig} and its policy
 * wants to know; where its runtime has no checker it takes every connection for healthy.
 */
public interface HealthChecker {
  /** {@return the protocol that it speaks: {@code grpc.health.v1}} */
  String protocol();

  /**
   * Starts to watch; called on the channel's serial executor, must not block. The first health is
   * told then or later; until it is, the connection gets no calls.
   *
   * @return ends the watch, on the same executor; nothing is told afterwards
   */
  Cancellable watch(HealthContext context);
}
