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

  /** Hears every change of connectivity, on the channel's serial executor. */
  @FunctionalInterface
  interface Listener {
    /** Hears that the subchannel is now in this state. */
    void changed(SubConn subConn, ConnectivityState now);
  }
}
