package grpc.kernel.serviceconfig;

import grpc.api.StatusCode;
import java.time.Duration;
import java.util.Set;

/** How the calls of a method are tried more than once (A6): one after another, or side by side. */
public sealed interface Retrying {
  /** The most attempts; a config with more gets so many (A6). */
  int MOST_ATTEMPTS = 5;

  /** {@return attempts in all, the first one included; 2 to 5} */
  int maxAttempts();

  /**
   * The next attempt follows a failed one. Its delay is {@code initialBackoff} times {@code
   * multiplier} for each attempt before, at most {@code maxBackoff}.
   *
   * @param maxAttempts attempts in all, 2 to 5
   * @param initialBackoff the first delay, positive
   * @param maxBackoff the longest delay, positive
   * @param multiplier the factor between two delays, positive
   * @param retryable the statuses that are tried again, at least one, never OK
   */
  record Retry(
      int maxAttempts,
      Duration initialBackoff,
      Duration maxBackoff,
      double multiplier,
      Set<StatusCode> retryable)
      implements Retrying {
    /** Copies the set. */
    public Retry {
      retryable = Set.copyOf(retryable);
    }
  }

  /**
   * The next attempt starts beside those that still run.
   *
   * @param maxAttempts attempts in all, 2 to 5
   * @param delay between the starts of two attempts; zero starts all at once
   * @param nonFatal the statuses that leave the other attempts running; never OK
   */
  record Hedge(int maxAttempts, Duration delay, Set<StatusCode> nonFatal) implements Retrying {
    /** Copies the set. */
    public Hedge {
      nonFatal = Set.copyOf(nonFatal);
    }
  }
}
