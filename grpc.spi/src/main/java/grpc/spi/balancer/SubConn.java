package grpc.spi.balancer;

import grpc.spi.resolver.Address;

/**
 * A connection to one address, up or down; starts IDLE. Implemented by the kernel. All methods are
 * called on the channel's serial executor.
 *
 * <p>After TRANSIENT_FAILURE the kernel keeps it there for the connection backoff and then reports
 * IDLE; when a READY connection is lost it reports IDLE at once. It connects only when asked to.
 */
public interface SubConn {
  /** {@return where it connects to} */
  Address address();

  /** Connects if it is IDLE; does nothing in any other state. */
  void connect();

  /**
   * Closes it: calls that run on it end by themselves, no new ones start, its listener hears
   * SHUTDOWN.
   */
  void shutdown();

  /**
   * Has the listener hear how healthy the server behind it is (A17), while it stays READY: READY,
   * TRANSIENT_FAILURE with the reason, or CONNECTING as long as the server has not said. The first
   * comes before this returns; where the channel asks for no health it is READY and the last. Where
   * it is not READY any more this does nothing.
   *
   * <p>For policies that have a choice: one that stays with a single connection, such as {@code
   * pick_first}, need not know.
   */
  default void watchHealth(Listener listener) {
    listener.changed(this, ConnectivityState.READY);
  }

  /** Hears every change of connectivity, on the channel's serial executor. */
  @FunctionalInterface
  interface Listener {
    /** Hears that the subchannel is now in this state. */
    void changed(SubConn subConn, ConnectivityState now);
  }
}
