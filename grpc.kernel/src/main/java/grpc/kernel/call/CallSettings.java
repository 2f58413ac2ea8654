package grpc.kernel.call;

import grpc.api.CallOptions;

/** Joins what a channel chooses for all calls with what one call chooses. */
final class CallSettings {
  private CallSettings() {}

  /** The call's options, with the channel's where it has chosen nothing. */
  @SuppressWarnings("ReferenceEquality") // only spares work where nothing was chosen
  static CallOptions merge(CallOptions channel, CallOptions call) {
    if (channel == CallOptions.DEFAULT || channel == call) {
      return call;
    }
    if (call == CallOptions.DEFAULT) {
      return channel;
    }
    var merged = call;
    if (call.timeout().isEmpty() && channel.timeout().isPresent()) {
      merged = merged.withDeadline(channel.timeout().get());
    }
    if (call.waitForReady().isEmpty() && channel.waitForReady().isPresent()) {
      merged = merged.withWaitForReady(channel.waitForReady().get());
    }
    if (call.compressor().isEmpty() && channel.compressor().isPresent()) {
      merged = merged.withCompressor(channel.compressor().get());
    }
    if (call.authority().isEmpty() && channel.authority().isPresent()) {
      merged = merged.withAuthority(channel.authority().get());
    }
    if (call.contentSubtype().isEmpty() && channel.contentSubtype().isPresent()) {
      merged = merged.withContentSubtype(channel.contentSubtype().get());
    }
    if (call.maxReceiveMessageSize().isEmpty() && channel.maxReceiveMessageSize().isPresent()) {
      merged = merged.withMaxReceiveMessageSize(channel.maxReceiveMessageSize().getAsInt());
    }
    if (call.maxSendMessageSize().isEmpty() && channel.maxSendMessageSize().isPresent()) {
      merged = merged.withMaxSendMessageSize(channel.maxSendMessageSize().getAsInt());
    }
    return channel.metadata().isEmpty()
        ? merged
        : merged.withMetadata(channel.metadata().merged(call.metadata()));
  }
}
