package interop;

import grpc.api.Channel;
import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcChannelBuilder;
import java.util.function.Supplier;

/**
 * What a case works with.
 *
 * @param channel to the server; shared by all cases
 * @param another begins one more channel to the server, for a case that wants its own
 * @param soak what the soak cases do
 */
record Setup(Channel channel, Supplier<GrpcChannelBuilder> another, Soak soak) {
  /** Cases against this target. */
  static Setup to(String target, GrpcChannel channel, Soak soak) {
    return new Setup(
        channel, () -> GrpcChannel.builder(target, ChannelCredentials.plaintext()), soak);
  }
}
