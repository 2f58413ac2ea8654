package grpc.kernel.info;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import java.util.List;
import java.util.Optional;

/**
 * A channel at one moment, in the spirit of gRPC's channelz (A14): its resolution, its policy, its
 * connections. Only the kernel implements it, and may add methods. Immutable.
 */
public interface ChannelSnapshot {
  /** {@return the target} */
  String target();

  /** {@return its connectivity} */
  ConnectivityState state();

  /**
   * {@return the outcome of the last resolution: OK, the resolver's failure, or why the channel
   * could not use it} Empty before the first, and again once the channel is idle.
   */
  Optional<Status> resolution();

  /** {@return the service config in force; <code>{}</code> if there is none} */
  String serviceConfigJson();

  /**
   * {@return the last service config that was refused since the channel began to resolve, also
   * after a good one has come}
   */
  Optional<RefusedConfig> refusedConfig();

  /** {@return the balancing policy, once there is a resolution} */
  Optional<String> policy();

  /** {@return the connections that the policy holds, up or down, in no particular order} */
  List<SubchannelSnapshot> subchannels();

  /** A service config that the channel did not take over. */
  interface RefusedConfig {
    /** {@return the config as the resolver gave it} */
    String json();

    /** {@return its fault} */
    String error();
  }
}
