package grpc.api;

import java.time.Duration;

/**
 * A channel with connectivity and shutdown, for libraries that open, watch or close channels and do
 * not depend on the kernel. {@code grpc.kernel.GrpcChannel} implements it. Safe for use by any
 * number of threads.
 */
public interface ManagedChannel extends Channel, AutoCloseable {
  /** {@return the channel's connectivity at this moment} */
  ConnectivityState state();

  /**
   * Waits until the channel's connectivity differs from {@code seen}.
   *
   * @return the connectivity then, or still the one seen when the time is up
   * @throws InterruptedException when the waiting thread is interrupted
   */
  ConnectivityState awaitChange(ConnectivityState seen, Duration timeout)
      throws InterruptedException;

  /** Connects without waiting for a call, if the channel is idle. Returns at once. */
  void connect();

  /**
   * Call it when you know that the network has changed. Everything that waits in backoff tries
   * again at once, with the shortest backoff: connections, health checks, and the resolver.
   */
  void resetConnectBackoff();

  /**
   * Refuses new calls, fails calls that wait for a connection with UNAVAILABLE, and lets calls that
   * have a connection end. Calls that still run after the grace period are cancelled.
   *
   * @param grace how long running calls may take
   * @return whether all of them ended by themselves
   * @throws InterruptedException when interrupted; the channel is then closed at once
   */
  boolean shutdown(Duration grace) throws InterruptedException;

  /** Ends all running calls with CANCELLED and closes all connections. Returns at once. */
  @Override
  void close();
}
