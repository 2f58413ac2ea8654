package grpc.transport.nio.guard;

import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the useless work that a peer causes: answers that it provokes and does not read
 * (CVE-2019-9512, -9515), header blocks in endless pieces (CVE-2024-27316), frames that carry few
 * bytes or none (CVE-2019-9518). The counts belong to the loop; only the count of framed answers is
 * for any thread.
 */
public final class AbuseGuard {
  /** The most answers that may wait to be written; with more, reading stops. */
  private static final int MAX_PROVOKED = 100;

  /** The most frames in a row without content. */
  private static final int MAX_EMPTY = 1_000;

  /** The credit of DATA frames without content beyond what others have earned, in frames. */
  private static final int MAX_DATA_OVERHEAD = 1024;

  /** The most CONTINUATION frames of a block; a header list within our limit needs far fewer. */
  private static final int MAX_CONTINUATIONS = 64;

  private final AtomicInteger provoked = new AtomicInteger();
  private final int dataCost;
  private int empty;
  private int dataOverhead;
  private int continuations;

  /**
   * Starts with all counts at zero.
   *
   * @param dataCost the cost of a DATA frame, and its extra earning if it ends a message; in bytes
   *     of content
   */
  public AbuseGuard(int dataCost) {
    this.dataCost = dataCost;
  }

  /** Counts an answer put for the writer. */
  public void provoked() {
    provoked.incrementAndGet();
  }

  /** {@return whether enough answers are now written to resume reading} Any thread. */
  public boolean framed() {
    return provoked.decrementAndGet() == MAX_PROVOKED / 2;
  }

  /** {@return whether to stop reading until the peer has read} */
  public boolean tooManyProvoked() {
    return provoked.get() > MAX_PROVOKED;
  }

  /** HEADERS came. */
  public void useful() {
    empty = 0;
  }

  /** A DATA frame begins. It costs once, even if it comes in several pieces. */
  public void dataBegins() throws ConnectionError {
    empty = 0;
    dataOverhead += dataCost;
    if (dataOverhead > MAX_DATA_OVERHEAD * dataCost) {
      throw new ConnectionError(
          ErrorCode.ENHANCE_YOUR_CALM,
          "DATA in tiny pieces (expected: frames of " + dataCost + " bytes or more on average)");
    }
  }

  /**
   * A piece of a DATA frame came.
   *
   * @param bytes its bytes without padding
   * @param completes whether it ended a message or the stream: small ones are as good as large ones
   */
  public void data(int bytes, boolean completes) {
    dataOverhead = Math.max(0, dataOverhead - bytes - (completes ? 2 * dataCost : 0));
  }

  /** A frame without use came. */
  public void emptyFrame() throws ConnectionError {
    if (++empty > MAX_EMPTY) {
      throw new ConnectionError(
          ErrorCode.ENHANCE_YOUR_CALM, MAX_EMPTY + " frames in a row that carry nothing");
    }
  }

  public void blockBegins() {
    continuations = 0;
  }

  public void continuation() throws ConnectionError {
    if (++continuations > MAX_CONTINUATIONS) {
      throw new ConnectionError(
          ErrorCode.ENHANCE_YOUR_CALM,
          "a header block in more than " + MAX_CONTINUATIONS + " CONTINUATION frames");
    }
  }
}
