package grpc.kernel.attempt;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.kernel.pick.CallEnvironment;
import grpc.kernel.retry.RetryThrottle;
import grpc.kernel.serviceconfig.MethodConfig;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.spi.balancer.PickInfo;
import grpc.spi.observe.CallObserver;
import java.util.Optional;

/**
 * What is settled for a call before its first attempt: its options, joined with what the service
 * config says. A class of its own for the reader's sake; a call is one object.
 */
abstract sealed class CallTerms implements PickInfo permits CallLifetime {
  /** The most that is received where nobody chose a limit: 4 MiB, as in all gRPC runtimes. */
  private static final int DEFAULT_MAX_RECEIVE = 4 << 20;

  private final Retries retries;
  private final MethodDescriptor<?, ?> method;
  private final CallOptions options;
  private final CallObserver observer;
  private MethodConfig config = MethodConfig.NONE;
  private Optional<RetryThrottle> throttle = Optional.empty();

  CallTerms(Retries retries, MethodDescriptor<?, ?> method, CallOptions options) {
    this.retries = retries;
    this.method = method;
    this.options = options;
    var settings = retries.environment().settings();
    this.observer =
        settings.observers().isEmpty()
            ? CallObserver.NONE
            : settings.observers().clientCall(method, settings.target().toString());
  }

  /** The channel has resolved, with this config. */
  final void know(ServiceConfig resolved) {
    config = resolved.forMethod(method);
    throttle = retries.throttle(resolved);
  }

  public final CallEnvironment environment() {
    return retries.environment();
  }

  @Override
  public final MethodDescriptor<?, ?> method() {
    return method;
  }

  @Override
  public final CallOptions options() {
    return options;
  }

  /** Whether credentials are to be asked for each of its attempts. */
  final boolean hasCredentials() {
    return options.callCredentials().isPresent()
        || environment().settings().callCredentials().isPresent();
  }

  /** Its {@code :authority}. */
  final String authority() {
    return options.authority().orElse(environment().settings().authority());
  }

  /** What the service config says of the call; known after {@link #know}. */
  final MethodConfig config() {
    return config;
  }

  /** What hears of the call. */
  public final CallObserver observer() {
    return observer;
  }

  /** What the calls of the channel share for their retries. */
  public final Retries retries() {
    return retries;
  }

  /** The channel's tokens, where the config has such; known after {@link #know}. */
  final Optional<RetryThrottle> throttle() {
    return throttle;
  }

  final boolean waitsForReady() {
    return options.waitForReady().or(() -> config.waitForReady()).orElse(false);
  }

  public final int maxSend() {
    return Math.min(
        options.maxSendMessageSize().orElse(Integer.MAX_VALUE), config.maxRequestBytes());
  }

  public final int maxReceive() {
    var said = config.maxResponseBytes();
    var chosen = options.maxReceiveMessageSize();
    if (said.isEmpty()) {
      return chosen.orElse(DEFAULT_MAX_RECEIVE);
    }
    return Math.min(said.getAsInt(), chosen.orElse(Integer.MAX_VALUE));
  }
}
