package grpc.spi.balancer;

import grpc.api.Channel;
import grpc.spi.resolver.Address;

/**
 * A subchannel as a parent shows it to its child; override what the parent wants to see or change.
 * A parent returns it from {@code newSubConn} of the child's {@link ForwardingBalancerContext}, and
 * gives it to the child's listener in place of the subchannel behind it. The child's picker may
 * choose it: the kernel takes the subchannel at the end of {@link #delegate}.
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

  /** {@return the subchannel behind all that forward to it; of one that does not, itself} */
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

  /** The listener gets this subchannel, not the one behind it. */
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
