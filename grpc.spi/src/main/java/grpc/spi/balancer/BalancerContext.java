package grpc.spi.balancer;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;
import java.util.Optional;

/** A balancer's window on its channel; implemented by the kernel, wrapped by parent policies. */
public interface BalancerContext {
  /** {@return a new subchannel, IDLE; the balancer shuts it down} */
  SubConn newSubConn(Address address, SubConn.Listener listener);

  /** Replaces connectivity and picker; calls that were queued are picked for again. */
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

  /** Asks the resolver for a fresh resolution. */
  void resolveNow();

  /**
   * {@return the policy of this name with its default configuration, for a parent whose own
   * configuration does not name its children}
   *
   * @throws IllegalArgumentException if that policy demands a configuration
   */
  Optional<Policies.Choice<?>> policy(String name);

  /**
   * {@return whom the channel calls, for messages to people} The kernel gives the target; a parent
   * may say which of its children it is.
   */
  default String target() {
    return "the channel's target";
  }

  /**
   * {@return what a resolution with no endpoints deserves: UNAVAILABLE, with the target and what to
   * check}
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
