package grpc.transport.nio.guard;

import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import java.time.Duration;

/**
 * How many streams a client may have ended by RST_STREAM before anything came of them: its own
 * (rapid reset, CVE-2023-44487) and those that it provokes us to send (MadeYouReset,
 * CVE-2025-8671). A bucket: full it lets go all streams that may be open and 400 more; it fills by
 * 400 a minute, and by four for each call that was answered, so that hedging and busy clients pay
 * for what they cancel. docs/decisions/0004-resets.md says why. On the loop.
 */
public final class ResetBudget {
  private static final int A_MINUTE = 400;
  private static final int FOR_AN_ANSWER = 4;
  private static final double PER_NANO = (double) A_MINUTE / Duration.ofMinutes(1).toNanos();

  /** A stream that lived as long was held back by MAX_CONCURRENT_STREAMS: its reset is free. */
  private static final long LONG_LIVED_NANOS = Duration.ofMillis(100).toNanos();

  private final double most;
  private double left;
  private long filledAt;
  private int answersPaid;

  public ResetBudget(int maxConcurrentStreams, long now) {
    this.filledAt = now;
    this.most = (double) A_MINUTE + maxConcurrentStreams;
    this.left = most;
  }

  /**
   * The client reset a stream.
   *
   * @param livedNanos how long the stream was open
   * @param answers how many calls were answered so far
   */
  public void reset(long now, long livedNanos, int answers) throws ConnectionError {
    if (livedNanos < LONG_LIVED_NANOS) {
      spend(now, answers);
    }
  }

  /** The client made us reset a stream. */
  public void provoked(long now, int answers) throws ConnectionError {
    spend(now, answers);
  }

  private void spend(long now, int answers) throws ConnectionError {
    int unpaid = Math.max(0, answers - answersPaid);
    double earned = (now - filledAt) * PER_NANO + (double) unpaid * FOR_AN_ANSWER;
    left = Math.min(most, left + earned) - 1;
    filledAt = now;
    answersPaid += unpaid;
    if (left < 0) {
      throw new ConnectionError(
          ErrorCode.ENHANCE_YOUR_CALM,
          "too many streams were reset at once (expected: at most "
              + A_MINUTE
              + " a minute, and "
              + FOR_AN_ANSWER
              + " for each that is answered)");
    }
  }
}
