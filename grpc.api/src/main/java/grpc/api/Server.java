package grpc.api;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/** A server that has started. Safe for use by several threads. */
public interface Server extends AutoCloseable {
  /** {@return the addresses that it listens on, with the ports that the system chose} */
  List<SocketAddress> addresses();

  /**
   * {@return the port of the first TCP address}
   *
   * @throws IllegalStateException when it listens on none
   */
  int port();

  /** {@return the services that it offers} */
  List<ServiceDefinition> services();

  /**
   * Waits until the server has stopped.
   *
   * @throws InterruptedException when the waiting thread is interrupted; the server keeps running
   */
  void await() throws InterruptedException;

  /** Refuses new calls from now on, lets running calls end, then stops. Returns at once. */
  void drain();

  /**
   * Drains, and cancels the calls that still run after the grace period.
   *
   * @param grace how long running calls may take
   * @return whether all calls ended by themselves
   * @throws InterruptedException when interrupted; the server is then closed at once
   */
  boolean shutdown(Duration grace) throws InterruptedException;

  /** Cancels all running calls and stops. Returns once it has stopped. */
  @Override
  void close();
}
