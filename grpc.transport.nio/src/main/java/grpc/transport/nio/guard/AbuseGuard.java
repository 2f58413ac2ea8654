package grpc.transport.nio.guard;

import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what a peer makes us do without asking for anything: answers that it provokes and does not
 * read (CVE-2019-9512, -9515), header blocks in endless pieces (CVE-2024-27316), frames that carry
 * little or nothing (CVE-2019-9518). The counts belong to the loop, but for answers that are
 * framed, which any thread may tell.
 */
public final class AbuseGuard {
  /** Answers that may wait to be written before the connection is read no further. */
  private static final int MAX_PROVOKED = 100;

  /** Frames in a row that carry nothing. */
  private static final int MAX_EMPTY = 1_000;

  /** How many DATA frames that carry nothing may cost more than others earned. */
  private static final int MAX_DATA_OVERHEAD = 1024;

  /** CONTINUATION frames of a block; our own limit of a header list needs far fewer. */
  private static final int MAX_CONTINUATIONS = 64;

  private final AtomicInteger provoked = new AtomicInteger();
  private final int dataCost;
  private int empty;
  private int dataOverhead;
  private int continuations;

  /**
   * Begins at nothing.
   *
   * @param dataCost what a DATA frame costs, and earns beside if it ends a message; in bytes that
   *     it carries
   */
  public AbuseGuard(int dataCost) {
    this.dataCost = dataCost;
  }

  /** Counts an answer that is put. */
  public void provoked() {
    provoked.incrementAndGet();
  }

  /** {@return whether so many are written by now that reading may go on} Any thread. */
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

  /** A DATA frame begins. It costs once, in however many pieces it comes. */
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
   * @param bytes what it carried without padding
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
