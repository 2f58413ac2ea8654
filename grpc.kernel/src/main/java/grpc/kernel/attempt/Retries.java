package grpc.kernel.attempt;

import grpc.kernel.retry.RetryBudget;
import grpc.kernel.retry.RetryBuffer;
import grpc.kernel.retry.RetryPlan;
import grpc.kernel.retry.RetrySettings;
import grpc.kernel.retry.RetryThrottle;
import grpc.kernel.retry.RetryThrottles;
import grpc.kernel.serviceconfig.Retrying;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the calls of a channel share for their retries. Thread-safe. */
public final class Retries {
  private final RetrySettings settings;
  private final RetryBudget budget;
  private final RetryThrottles throttles = new RetryThrottles();

  public Retries(RetrySettings settings) {
    this.settings = settings;
    this.budget = new RetryBudget(settings);
  }

  /** The tokens of the channel, where its config has such. */
  Optional<RetryThrottle> throttle(ServiceConfig config) {
    return config.throttling().isEmpty() ? Optional.empty() : throttles.of(config.throttling());
  }

  /** Whether the config has the call's attempts run side by side. */
  public boolean hedges(CallLifetime call) {
    return policy(call).orElse(null) instanceof Retrying.Hedge;
  }

  /** What follows the attempts of a call that is not hedged. */
  public RetryPlan plan(CallLifetime call) {
    return new RetryPlan(
        policy(call).map(Retrying.Retry.class::cast),
        call.effective().throttle(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  private Optional<Retrying> policy(CallLifetime call) {
    return settings.enabled() ? call.effective().config().retrying() : Optional.empty();
  }

  /**
   * Starts the call with as many attempts as it may take.
   *
   * @param whole the only request, or null where requests follow
   */
  public ClientStream start(
      CallLifetime call, boolean singleResponse, String encoding, @Nullable Message whole)
      throws InterruptedException {
    var buffer = new RetryBuffer(budget);
    if (policy(call).orElse(null) instanceof Retrying.Hedge hedge) {
      var hedges = new Hedges(call, hedge, buffer, singleResponse, encoding);
      return new HedgedStream(hedges, buffer).start(call, whole);
    }
    return new RetryingStream(call, plan(call), buffer, singleResponse, encoding).start(whole);
  }
}
