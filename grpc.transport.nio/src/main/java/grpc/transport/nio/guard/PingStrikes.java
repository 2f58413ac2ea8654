package grpc.transport.nio.guard;

import grpc.spi.transport.PingPolicy;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import java.time.Duration;

/** Counts the PINGs of a client that come too soon (gRFC A8, server enforcement). On the loop. */
public final class PingStrikes {
  private static final int MAX_STRIKES = 2;

  /**
   * The least interval for a client without calls, unless the policy permits pings without calls.
   */
  private static final long IDLE_NANOS = Duration.ofHours(2).toNanos();

  private final PingPolicy policy;
  private boolean pingedBefore;
  private long pingedAt;
  private int strikes;

  public PingStrikes(PingPolicy policy) {
    this.policy = policy;
  }

  /**
   * A PING came.
   *
   * @param now nanoseconds
   * @param answered whether HEADERS or DATA were sent since the last PING, which clears the strikes
   * @param callsRun whether there are calls
   * @throws ConnectionError at the third strike
   */
  public void ping(long now, boolean answered, boolean callsRun) throws ConnectionError {
    long least = callsRun || policy.withoutCalls() ? policy.minInterval().toNanos() : IDLE_NANOS;
    boolean tooSoon = pingedBefore && now - pingedAt < least;
    pingedBefore = true;
    pingedAt = now;
    if (answered) {
      strikes = 0;
    } else if (tooSoon && ++strikes > MAX_STRIKES) {
      throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "too_many_pings");
    }
  }
}
