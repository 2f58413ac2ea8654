package grpc.kernel.channel;

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
 */
public record Selection(Picker picker, ServiceConfig config, Phase phase) {
  /** How far a channel has come. */
  public enum Phase {
    /** Nobody has called yet, or there is no resolution yet: the service config is not known. */
    UNRESOLVED,
    /** Calls can be picked for. */
    RESOLVED,
    /** Closed for ever. */
    CLOSED
  }

  static final Selection UNRESOLVED =
      new Selection(Picker.QUEUE, ServiceConfig.EMPTY, Phase.UNRESOLVED);

  static Selection closed(Status status) {
    var drop = PickResult.drop(status);
    return new Selection(info -> drop, ServiceConfig.EMPTY, Phase.CLOSED);
  }
}
