package grpc.kernel.retry;

import grpc.kernel.serviceconfig.RetryThrottling;
import java.util.concurrent.atomic.AtomicInteger;

/** A channel's tokens for retries (A6, Throttling); in thousandths. Thread-safe. */
public final class RetryThrottle {
  private static final int COST = 1000;

  private final RetryThrottling rules;
  private final AtomicInteger tokens;

  /** A full bucket. */
  public RetryThrottle(RetryThrottling rules) {
    this.rules = rules;
    this.tokens = new AtomicInteger(rules.maxMilliTokens());
  }

  /** {@return its settings} */
  RetryThrottling rules() {
    return rules;
  }

  /** {@return whether there are tokens enough for another attempt} */
  public boolean allows() {
    return tokens.get() > rules.maxMilliTokens() / 2;
  }

  /** Pays for a failure. */
  public void failed() {
    tokens.updateAndGet(now -> Math.max(0, now - COST));
  }

  /** Earns what a success does. */
  public void succeeded() {
    if (tokens.get() < rules.maxMilliTokens()) { // most are full: spare them the write
      int all = rules.maxMilliTokens();
      tokens.updateAndGet(now -> now + Math.min(all - now, rules.milliRatio())); // cannot overflow
    }
  }
}
