package grpc.spi.balancer;

import grpc.api.ConnectivityState;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;
import java.util.Optional;

/**
 * A parent policy's context for its child. Override the methods that the parent wants to see or
 * change.
 */
public class ForwardingBalancerContext implements BalancerContext {
  private final BalancerContext parent;

  /** Forwards everything to this context. */
  public ForwardingBalancerContext(BalancerContext parent) {
    this.parent = parent;
  }

  @Override
  public SubConn newSubConn(Address address, SubConn.Listener listener) {
    return parent.newSubConn(address, listener);
  }

  @Override
  public void update(ConnectivityState connectivity, Picker picker) {
    parent.update(connectivity, picker);
  }

  @Override
  public void resolveNow() {
    parent.resolveNow();
  }

  @Override
  public Optional<Policies.Choice<?>> policy(String name) {
    return parent.policy(name);
  }

  @Override
  public String target() {
    return parent.target();
  }

  @Override
  public SerialScheduler scheduler() {
    return parent.scheduler();
  }
}
