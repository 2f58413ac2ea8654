package grpc.kernel.pick;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;

/**
 * A channel at one moment, as a call needs it.
 *
 * @param picker the balancer's current one
 * @param config the service config in force
 * @param phase how far the channel has come
 * @param state the channel's connectivity
 */
public record PickerState(
    Picker picker, ServiceConfig config, Phase phase, ConnectivityState state) {
  /** How far a channel has come. */
  public enum Phase {
    /** Idle, or not resolved yet: the service config is not known. */
    UNRESOLVED,
    /** Calls can be picked. */
    RESOLVED,
    /** Closed. */
    CLOSED
  }

  public static PickerState idle(Picker waking) {
    return new PickerState(waking, ServiceConfig.EMPTY, Phase.UNRESOLVED, ConnectivityState.IDLE);
  }

  public static PickerState resolving() {
    return new PickerState(
        Picker.QUEUE, ServiceConfig.EMPTY, Phase.UNRESOLVED, ConnectivityState.CONNECTING);
  }

  /** One answer for all calls, and no service config. */
  public static PickerState fixed(PickResult answer, ConnectivityState state) {
    return new PickerState(Picker.of(answer), ServiceConfig.EMPTY, Phase.RESOLVED, state);
  }

  public static PickerState closed(Status status) {
    return new PickerState(
        Picker.of(PickResult.drop(status)),
        ServiceConfig.EMPTY,
        Phase.CLOSED,
        ConnectivityState.SHUTDOWN);
  }
}
