package grpc.spi.balancer;

import grpc.api.Channel;
import grpc.api.ConnectivityState;
import grpc.spi.resolver.Address;

/**
 * A connection to one address; starts IDLE. The kernel implements it; a parent policy may wrap it
 * by {@link ForwardingSubConn}. All methods are called on the channel's serial executor.
 *
 * <p>A subchannel stays in TRANSIENT_FAILURE for the connection backoff, then the kernel reports
 * IDLE. When a READY connection is lost, the kernel reports IDLE at once. It connects only when you
 * call {@link #connect}.
 */
public interface SubConn {
  /** {@return the address to connect to} */
  Address address();

  /** Connects if it is IDLE; has no effect in any other state. */
  void connect();

  /**
   * Closes it: calls that run on it end by themselves, no new ones start, and its listener gets
   * SHUTDOWN, the last event. The second call has no effect.
   */
  void shutdown();

  /**
   * Watches the server's health (A17) until this subchannel leaves READY. The listener gets READY,
   * TRANSIENT_FAILURE with the reason, or CONNECTING until the server has answered. The first event
   * comes before this method returns; without health checking it is READY, and the only one. Has no
   * effect if the subchannel is no longer READY. Several listeners may watch; the kernel asks the
   * server once.
   *
   * <p>For policies that choose among connections: a policy with a single connection, such as
   * {@code pick_first}, does not need it.
   */
  default void watchHealth(Listener listener) {
    listener.changed(this, ConnectivityState.READY);
  }

  /**
   * {@return calls to this connection and to no other} Ask the server itself with it, for example
   * for its load (A51). The channel may be used on any thread, and calls block: never make one on
   * the channel's serial executor, start a virtual thread.
   *
   * <p>Deadlines, cancellation, metadata, codecs and compression work as in other calls.
   * Interceptors, observers and the service config do not see these calls. The kernel neither picks
   * for, queues nor retries them, and the channel may go idle in spite of them. While the
   * subchannel is not READY they fail with UNAVAILABLE, even those that wait for ready. When it
   * leaves READY, running calls end with the status of the lost connection, or with UNAVAILABLE
   * after {@link #shutdown}.
   *
   * @throws UnsupportedOperationException if the implementation makes no such calls
   */
  default Channel channel() {
    throw new UnsupportedOperationException(
        getClass().getName() + " makes no calls: it does not implement SubConn.channel()");
  }

  /**
   * Gets every change of connectivity, on the channel's serial executor. Must not block or throw.
   */
  @FunctionalInterface
  interface Listener {
    /**
     * The subchannel is now in this state. It may come once more after you shut the subchannel
     * down: ignore it then.
     */
    void changed(SubConn subConn, ConnectivityState now);
  }
}
