package grpc.transport.nio.flow;

/**
 * How many bytes of DATA we let the peer send, on a stream or on the connection (RFC 9113 §6.9).
 *
 * <p>At any time {@code granted + held + owed = limit + extra}: what the peer may still send, what
 * came and is not consumed, what is consumed and not yet granted anew, the size of the window, and
 * what it was widened by for one large message. Credit is returned once a quarter of the limit is
 * owed, so that a WINDOW_UPDATE is worth its bytes; what padding took also when the peer has little
 * left. Not thread-safe: its owner guards it.
 */
public final class ReceiveWindow {
  /** The most a window is widened to, so that growing it by 16 MiB stays within 2^31−1. */
  private static final int WIDEST = Integer.MAX_VALUE - BdpEstimator.MOST;

  /** The most that padding and its length take from the window in one frame (§6.1). */
  private static final int MOST_PADDING = 256;

  /**
   * What is granted beyond a message, in bytes; we would consume the message of a unary call only
   * after its stream's end. The message's last frame may be padded. And nghttp2, with it Node, ends
   * a stream only while its window is above zero, although neither an empty DATA frame nor trailers
   * need one.
   */
  private static final long SPARE = MOST_PADDING + 1;

  private int limit;
  private long granted;
  private long held;
  private long owed;
  private long extra;

  /** A window of so many bytes, from 0 to 2^31−1, all of it granted to the peer. */
  public ReceiveWindow(int limit) {
    this.limit = limit;
    granted = limit;
  }

  /** The size of the window in bytes. */
  public int limit() {
    return limit;
  }

  /** Bytes the peer may still send. */
  long granted() {
    return granted;
  }

  /** Bytes that came and are not consumed. */
  public long held() {
    return held;
  }

  /**
   * Counts bytes that came, padding included.
   *
   * @return false, and nothing is changed, if the peer was not allowed to send so much: a
   *     flow-control error (§6.9.1)
   */
  public boolean receive(int bytes) {
    if (bytes > granted) {
      return false;
    }
    granted -= bytes;
    held += bytes;
    return true;
  }

  /**
   * Counts bytes that were consumed, at most those {@link #held}.
   *
   * @return the increment of the WINDOW_UPDATE to send now, 0 for none
   */
  public int consume(int bytes) {
    release(bytes);
    long narrowed = Math.min(owed, extra); // a widened window goes back to its size first
    owed -= narrowed;
    extra -= narrowed;
    return quarter();
  }

  /**
   * Counts padding that came, at most what is {@link #held}. Nobody has to read it, so what is owed
   * returns at once where the peer has less left than the padding of a frame and a byte: else one
   * that pads the frames behind a message that fills the window could not end its stream.
   *
   * @return the increment of the WINDOW_UPDATE to send now, 0 for none
   */
  public int discard(int padding) {
    release(padding);
    return granted < SPARE ? grant(0) : quarter();
  }

  private void release(int bytes) {
    if (bytes < 0 || bytes > held) {
      throw new IllegalArgumentException(
          "bytes to consume: " + bytes + " (expected: 0.." + held + ")");
    }
    held -= bytes;
    owed += bytes;
  }

  private int quarter() {
    return owed > 0 && owed >= limit / 4 ? grant(0) : 0;
  }

  /**
   * Makes the window larger for good, as a {@link BdpEstimator} found. A smaller limit is ignored:
   * what was granted cannot be taken back.
   *
   * @return the increment of the WINDOW_UPDATE to send now, 0 for none
   */
  public int grow(int newLimit) {
    int more = newLimit - limit;
    if (more <= 0) {
      return 0;
    }
    limit = newLimit;
    granted += more;
    return more;
  }

  /**
   * Makes room for a message of which so many bytes have yet to come, and for the end behind it, so
   * that one as large as the window arrives although nothing is consumed before it is whole.
   *
   * @param missing bytes of the message not yet received
   * @return the increment of the WINDOW_UPDATE to send now, 0 for none
   */
  public int widen(int missing) {
    if (missing == 0) {
      return 0;
    }
    long lacking = Math.min(missing + SPARE, WIDEST) - granted;
    if (lacking <= 0) {
      return 0;
    }
    long more = Math.max(lacking - owed, 0);
    extra += more;
    return grant(more);
  }

  /** Grants what is owed and more, within the largest window there may be (§6.9.1). */
  private int grant(long more) {
    int increment = (int) (owed + more);
    granted += increment;
    owed = 0;
    return increment;
  }

  @Override
  public String toString() {
    return "ReceiveWindow[limit=%d, granted=%d, held=%d, owed=%d, extra=%d]"
        .formatted(limit, granted, held, owed, extra);
  }
}
