package grpc.kernel.channel;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;

/**
 * What a call needs of its channel at one moment.
 *
 * @param picker the balancer's current one
 * @param config the service config in force
 * @param phase how far the channel has come
 * @param state the channel's connectivity
 */
public record Selection(Picker picker, ServiceConfig config, Phase phase, ConnectivityState state) {
  /** How far a channel has come. */
  public enum Phase {
    /** Nobody calls, or there is no resolution yet: the service config is not known. */
    UNRESOLVED,
    /** Calls can be picked for. */
    RESOLVED,
    /** Closed for ever. */
    CLOSED
  }

  static Selection idle(Picker waking) {
    return new Selection(waking, ServiceConfig.EMPTY, Phase.UNRESOLVED, ConnectivityState.IDLE);
  }

  static Selection resolving() {
    return new Selection(
        Picker.QUEUE, ServiceConfig.EMPTY, Phase.UNRESOLVED, ConnectivityState.CONNECTING);
  }

  /** One answer for all calls, and no service config. */
  static Selection fixed(PickResult answer, ConnectivityState state) {
    return new Selection(Picker.of(answer), ServiceConfig.EMPTY, Phase.RESOLVED, state);
  }

  static Selection closed(Status status) {
    return new Selection(
        Picker.of(PickResult.drop(status)),
        ServiceConfig.EMPTY,
        Phase.CLOSED,
        ConnectivityState.SHUTDOWN);
  }
}
