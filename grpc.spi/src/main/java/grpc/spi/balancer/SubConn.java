package grpc.spi.balancer;

import grpc.api.Channel;
import grpc.api.ConnectivityState;
import grpc.spi.resolver.Address;

/**
 * A connection to one address, up or down; starts IDLE. The kernel implements it; a parent policy
 * may wrap it by {@link ForwardingSubConn}. All methods are called on the channel's serial
 * executor.
 *
 * <p>After TRANSIENT_FAILURE the kernel keeps it there for the connection backoff and then reports
 * IDLE; when a READY connection is lost it reports IDLE at once. It connects only when asked to.
 */
public interface SubConn {
  /** {@return where it connects to} */
  Address address();

  /** Connects if it is IDLE; has no effect in any other state. */
  void connect();

  /**
   * Closes it: calls that run on it end by themselves, no new ones start, and its listener gets
   * SHUTDOWN, the last event. The second call has no effect.
   */
  void shutdown();

  /**
   * Gives the listener the health of the server behind it (A17), while it stays READY: READY,
   * TRANSIENT_FAILURE with the reason, or CONNECTING as long as the server has not said. The first
   * comes before this returns; if the channel asks for no health it is READY and the last. If the
   * subchannel is not READY any more this has no effect. Several listeners may watch; the server is
   * asked once.
   *
   * <p>For policies that have a choice: one that stays with a single connection, such as {@code
   * pick_first}, need not know.
   */
  default void watchHealth(Listener listener) {
    listener.changed(this, ConnectivityState.READY);
  }

  /**
   * {@return calls to this connection and to no other} For what a policy wants to know of the
   * server itself, such as its load (A51). The channel may be used on any thread, and calls block
   * as all do: never make one on the channel's serial executor, start a virtual thread.
   *
   * <p>Deadlines, cancellation, metadata, codecs and compression are as ever. All else is the
   * policy's: no interceptor, observer or service config sees these calls, they are neither picked
   * for, queued nor repeated, and do not keep the channel from going idle. While it is not READY
   * they fail with UNAVAILABLE, even those that wait for ready; those that run end when it leaves
   * READY, with the status of the connection that was lost, or UNAVAILABLE after {@link #shutdown}.
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
