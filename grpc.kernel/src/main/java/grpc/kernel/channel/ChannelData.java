package grpc.kernel.channel;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.kernel.info.ChannelSnapshot;
import grpc.kernel.info.SubchannelSnapshot;
import java.util.List;
import java.util.Optional;

/** The values of a snapshot. */
record ChannelData(
    String target,
    ConnectivityState state,
    Optional<Status> resolution,
    String serviceConfigJson,
    Optional<RefusedConfig> refusedConfig,
    Optional<String> policy,
    List<SubchannelSnapshot> subchannels)
    implements ChannelSnapshot {
  ChannelData {
    subchannels = List.copyOf(subchannels);
  }

  /** The values of a service config that was refused. */
  record Refused(String json, String error) implements RefusedConfig {}
}
