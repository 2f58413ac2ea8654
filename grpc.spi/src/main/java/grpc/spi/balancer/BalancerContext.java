package grpc.spi.balancer;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;
import java.util.Optional;

/**
 * A balancer's view of its channel. The kernel implements it; a parent policy wraps it for its
 * children by {@link ForwardingBalancerContext}. All methods are called on the channel's serial
 * executor, except those of {@link #scheduler}.
 */
public interface BalancerContext {
  /**
   * {@return a new subchannel, IDLE} It connects when you call {@link SubConn#connect}. Shut it
   * down when you no longer need it, at the latest in {@link Balancer#close}. Subchannels of equal
   * addresses share a connection.
   *
   * @param listener gets every change of its state, on the channel's serial executor, after this
   *     method has returned
   */
  SubConn newSubConn(Address address, SubConn.Listener listener);

  /**
   * Replaces connectivity and picker; queued calls ask the new picker. Has no effect after the
   * balancer was closed.
   */
  void update(ConnectivityState connectivity, Picker picker);

  /**
   * Publishes TRANSIENT_FAILURE with a picker that fails calls, except those that wait for ready.
   *
   * @return the status, so that {@link Balancer#accept} can return it at once
   */
  default Status fail(Status status) {
    update(new ConnectivityState.TransientFailure(status), Picker.of(PickResult.fail(status)));
    return status;
  }

  /**
   * Asks the resolver for a fresh resolution: call it when a connection is lost or fails to
   * connect. The resolver limits the rate. The result comes to {@link Balancer#accept}, always
   * after this method has returned.
   */
  void resolveNow();

  /**
   * {@return the policy of this name with its default configuration} For children that a parent
   * chooses by itself. For children in a configuration, use {@link Policies#choose}.
   *
   * @throws IllegalArgumentException if that policy demands a configuration
   */
  Optional<Policies.Choice<?>> policy(String name);

  /**
   * {@return the name of the channel's target, for messages to people} A parent may add the name of
   * the child.
   */
  String target();

  /**
   * {@return the status for a resolution without endpoints: UNAVAILABLE, with the target and what
   * to check}
   */
  default Status noEndpoints() {
    return Status.unavailable(
        "the resolver found no endpoints for "
            + target()
            + " (check its name, and that its servers are registered)");
  }

  /** {@return the channel's serial executor} */
  SerialScheduler scheduler();
}
