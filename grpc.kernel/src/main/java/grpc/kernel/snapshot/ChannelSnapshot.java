package grpc.kernel.snapshot;

import grpc.api.Status;
import grpc.spi.balancer.ConnectivityState;
import java.util.List;
import java.util.Optional;

/**
 * A channel at one moment, in the spirit of gRPC's channelz (A14): what it resolved, how it
 * balances, where it is connected.
 *
 * @param target whom it calls
 * @param state its connectivity
 * @param resolution what became of the last resolution: OK, the resolver's failure, or why the
 *     channel could not use it; empty before the first, and again once it is idle
 * @param serviceConfigJson the service config in force; {@code {}} where there is none
 * @param refusedConfig the last service config that was refused since the channel began to resolve,
 *     also after a good one has come
 * @param policy the balancing policy, once there is a resolution
 * @param subchannels the connections that the policy holds, up or down, in no particular order
 */
public record ChannelSnapshot(
    String target,
    ConnectivityState state,
    Optional<Status> resolution,
    String serviceConfigJson,
    Optional<RefusedConfig> refusedConfig,
    Optional<String> policy,
    List<SubchannelSnapshot> subchannels) {
  /** Copies the list. */
  public ChannelSnapshot {
    subchannels = List.copyOf(subchannels);
  }

  /**
   * A service config that the channel did not take over.
   *
   * @param json as the resolver gave it
   * @param error what is wrong with it
   */
  public record RefusedConfig(String json, String error) {}
}
