package grpc.kernel.retry;

import grpc.kernel.serviceconfig.Retrying;
import grpc.spi.schedule.Backoff;
import grpc.spi.transport.StreamEnd;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows an attempt that ended before its response began (A6). Knows the attempts of
 * one call; for one thread at a time.
 */
public final class RetryPlan {
  /** The next step. */
  public sealed interface Next {
    /** Nothing follows. */
    Next END = new End();

    /** Nothing: this end is the call's. */
    record End() implements Next {}

    /**
     * The same again at once, because no server has seen the request.
     *
     * @param earlier how many such have followed each other
     */
    record Transparent(int earlier) implements Next {}

    /**
     * Another attempt.
     *
     * @param nanos after this time
     */
    record Retry(long nanos) implements Next {}
  }

  /**
   * How often a request that has not left this side is repeated. A6 sets no limit, since such a
   * request was only unlucky with its connection. But a request that brings its connection down
   * would do so to one connection after another, without end; grpc-java stops after 1,000. With the
   * pauses between them ({@code CallLifetime.pauseBeforeRepeating}) ten take over a second, in
   * which a channel finds another connection or knows that it has none.
   */
  private static final int MOST_REPEATS = 10;

  private final Retrying.@Nullable Retry policy;
  private final Optional<RetryThrottle> throttle;
  private final DoubleSupplier random;
  private @Nullable Backoff backoff;
  private int repeats;
  private boolean refused;
  private int retries;

  /**
   * A plan for a call that has made no attempt.
   *
   * @param policy where there is none, only what no server has seen is repeated
   * @param random numbers in [0, 1)
   */
  public RetryPlan(
      Optional<Retrying.Retry> policy, Optional<RetryThrottle> throttle, DoubleSupplier random) {
    this.policy = policy.orElse(null);
    this.throttle = throttle;
    this.random = random;
  }

  /** {@return a plan that repeats what no server has seen, and nothing else} */
  public static RetryPlan ofRepetitions() {
    return new RetryPlan(Optional.empty(), Optional.empty(), () -> 0);
  }

  /** {@return how many attempts went before, for grpc-previous-rpc-attempts} */
  public int retries() {
    return retries;
  }

  /** {@return the next step after an attempt that reached a connection and ended so} */
  public Next after(StreamEnd end) {
    if (mayRepeat(end, refused, repeats)) {
      refused |= end.progress() == StreamEnd.Progress.UNPROCESSED;
      return new Next.Transparent(repeats++);
    }
    refused = true; // once a server has seen the call, a refusal is a failure like any other
    return policy == null ? Next.END : retry(end, policy);
  }

  private Next retry(StreamEnd end, Retrying.Retry by) {
    var pushback = Pushback.of(end.trailers());
    boolean stop = pushback instanceof Pushback.Stop;
    if (!stop && !by.retryable().contains(end.status().code())) {
      return Next.END;
    }
    throttle.ifPresent(RetryThrottle::failed);
    if (stop || !throttle.map(RetryThrottle::allows).orElse(true)) {
      return Next.END;
    }
    if (retries + 1 >= by.maxAttempts()) {
      return Next.END;
    }
    retries++;
    var delays = backoff;
    if (delays == null) {
      delays = new Backoff(by.initialBackoff(), by.multiplier(), by.maxBackoff(), random);
      backoff = delays;
    }
    if (pushback instanceof Pushback.After after) {
      delays.reset();
      return new Next.Retry(after.nanos());
    }
    return new Next.Retry(TimeUnit.NANOSECONDS.convert(delays.next()));
  }

  /**
   * {@return whether no server has seen the request, so that it may be repeated under any policy}
   * Ten times in all if it has not left this side, else once.
   *
   * @param refused whether it has been repeated after a server's refusal
   * @param earlier how many times it has been repeated
   */
  private static boolean mayRepeat(StreamEnd end, boolean refused, int earlier) {
    return switch (end.progress()) {
      case NOT_SENT -> earlier < MOST_REPEATS;
      case UNPROCESSED -> !refused;
      case PROCESSED -> false;
    };
  }
}
