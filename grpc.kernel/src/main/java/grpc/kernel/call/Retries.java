package grpc.kernel.call;

import grpc.kernel.channel.ChannelFront;
import grpc.kernel.retry.RetryBudget;
import grpc.kernel.retry.RetryBuffer;
import grpc.kernel.retry.RetryPlan;
import grpc.kernel.retry.RetrySettings;
import grpc.kernel.retry.RetryThrottle;
import grpc.kernel.retry.RetryThrottles;
import grpc.kernel.serviceconfig.Retrying;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.spi.transport.Message;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A channel, and what its calls share for their retries. Thread-safe. */
final class Retries {
  private final ChannelFront front;
  private final RetrySettings settings;
  private final RetryBudget budget;
  private final RetryThrottles throttles = new RetryThrottles();

  Retries(ChannelFront front, RetrySettings settings) {
    this.front = front;
    this.settings = settings;
    this.budget = new RetryBudget(settings);
  }

  ChannelFront front() {
    return front;
  }

  /** The tokens of the channel, where its config has such. */
  Optional<RetryThrottle> throttle(ServiceConfig config) {
    return config.throttling().isEmpty() ? Optional.empty() : throttles.of(config.throttling());
  }

  /** Whether the config has the call made with more than one attempt. */
  boolean follows(CallLifetime call) {
    return settings.enabled() && call.config().retrying().isPresent();
  }

  /**
   * Starts the call with as many attempts as it may take.
   *
   * @param whole the only request, or null where requests follow
   */
  CallStream start(
      CallLifetime call, boolean singleResponse, String encoding, @Nullable Message whole)
      throws InterruptedException {
    var buffer = new RetryBuffer(budget);
    var policy = settings.enabled() ? call.config().retrying() : Optional.<Retrying>empty();
    if (policy.orElse(null) instanceof Retrying.Hedge hedge) {
      var hedges = new Hedges(call, hedge, buffer, singleResponse, encoding);
      return new HedgedStream(hedges, buffer).start(call, whole);
    }
    var plan =
        new RetryPlan(
            policy.map(Retrying.Retry.class::cast),
            call.throttle(),
            () -> ThreadLocalRandom.current().nextDouble());
    return new RetryingStream(call, plan, buffer, singleResponse, encoding).start(whole);
  }
}
