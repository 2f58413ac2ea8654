package grpc.kernel.retry;

import grpc.kernel.serviceconfig.RetryThrottling;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A channel's tokens, full again whenever its config has other rules for them. Thread-safe. */
public final class RetryThrottles {
  private volatile @Nullable RetryThrottle current;

  /** No tokens yet. */
  public RetryThrottles() {}

  /** {@return the tokens under these rules} */
  public Optional<RetryThrottle> of(Optional<RetryThrottling> rules) {
    return rules.map(this::under);
  }

  private RetryThrottle under(RetryThrottling rules) {
    var known = current;
    return known != null && known.rules().equals(rules) ? known : renew(rules);
  }

  private synchronized RetryThrottle renew(RetryThrottling rules) {
    var known = current;
    if (known == null || !known.rules().equals(rules)) {
      known = new RetryThrottle(rules);
      current = known;
    }
    return known;
  }
}
