package grpc.transport.nio.guard;

import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import java.time.Duration;

/**
 * Limits the streams that end by RST_STREAM before they have an answer: by the client's own (rapid
 * reset, CVE-2023-44487), and by those that it provokes us to send (MadeYouReset, CVE-2025-8671).
 * It is a bucket. A full one covers all streams that may be open and 400 more. It fills by 400 a
 * minute, and by four for each answered call, so that hedging and busy clients earn their
 * cancellations. docs/decisions/0004-resets.md has the reasons. On the loop.
 */
public final class ResetBudget {
  private static final int A_MINUTE = 400;
  private static final int FOR_AN_ANSWER = 4;
  private static final double PER_NANO = (double) A_MINUTE / Duration.ofMinutes(1).toNanos();

  /** The age from which a reset is free: MAX_CONCURRENT_STREAMS then holds back such a client. */
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
   * @param livedNanos the stream's age in nanoseconds
   * @param answers the number of calls answered so far
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
