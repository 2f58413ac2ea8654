package grpc.spi.balancer;

import grpc.api.Channel;
import grpc.spi.resolver.Address;

/**
 * A parent policy's subchannel for its child. Override the methods that the parent wants to see or
 * change. Return it from {@code newSubConn} of the child's {@link ForwardingBalancerContext}, and
 * give it to the child's listener in place of the subchannel behind it. The child's picker may
 * choose it: the kernel follows {@link #delegate} to the end.
 */
public class ForwardingSubConn implements SubConn {
  private final SubConn delegate;

  /** Forwards everything to this subchannel. */
  public ForwardingSubConn(SubConn delegate) {
    this.delegate = delegate;
  }

  /** {@return the subchannel that it forwards to} */
  public final SubConn delegate() {
    return delegate;
  }

  /**
   * {@return the subchannel behind all forwarding ones; the argument itself if it does not forward}
   */
  public static SubConn innermost(SubConn subConn) {
    var innermost = subConn;
    while (innermost instanceof ForwardingSubConn forwarding) {
      innermost = forwarding.delegate;
    }
    return innermost;
  }

  @Override
  public Address address() {
    return delegate.address();
  }

  @Override
  public void connect() {
    delegate.connect();
  }

  @Override
  public void shutdown() {
    delegate.shutdown();
  }

  /** Passes this subchannel to the listener, not the one behind it. */
  @Override
  public void watchHealth(Listener listener) {
    delegate.watchHealth((same, now) -> listener.changed(this, now));
  }

  @Override
  public Channel channel() {
    return delegate.channel();
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
