package grpc.kernel.attempt;

import grpc.api.CallOptions;
import grpc.kernel.retry.RetryThrottle;
import grpc.kernel.serviceconfig.MethodConfig;
import java.util.Optional;

/**
 * What holds for a call: its options, joined with what the service config says of its method once
 * {@link #know} has been called, which is before the first attempt.
 */
public final class EffectiveOptions {
  /** The most that is received if no limit is chosen: 4 MiB, as in all gRPC runtimes. */
  private static final int DEFAULT_MAX_RECEIVE = 4 << 20;

  private final CallOptions options;
  private MethodConfig config = MethodConfig.NONE;
  private Optional<RetryThrottle> throttle = Optional.empty();

  /**
   * The options of a call whose service config is not known yet.
   *
   * @param options those of the call, with the channel's defaults
   */
  EffectiveOptions(CallOptions options) {
    this.options = options;
  }

  /**
   * The channel has resolved.
   *
   * @param found what its service config says of the method
   * @param tokens the channel's tokens for retries, if the service config has such
   */
  void know(MethodConfig found, Optional<RetryThrottle> tokens) {
    config = found;
    throttle = tokens;
  }

  CallOptions options() {
    return options;
  }

  MethodConfig config() {
    return config;
  }

  Optional<RetryThrottle> throttle() {
    return throttle;
  }

  boolean waitsForReady() {
    return options.waitForReady().or(() -> config.waitForReady()).orElse(false);
  }

  /** {@return the limit for a request message, in bytes} */
  public int maxSend() {
    return Math.min(
        options.maxSendMessageSize().orElse(Integer.MAX_VALUE), config.maxRequestBytes());
  }

  /** {@return the limit for a response message, in bytes} */
  public int maxReceive() {
    var said = config.maxResponseBytes();
    var chosen = options.maxReceiveMessageSize();
    if (said.isEmpty()) {
      return chosen.orElse(DEFAULT_MAX_RECEIVE);
    }
    return Math.min(said.getAsInt(), chosen.orElse(Integer.MAX_VALUE));
  }
}
