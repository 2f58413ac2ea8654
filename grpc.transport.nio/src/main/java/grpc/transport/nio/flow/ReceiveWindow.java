package grpc.transport.nio.flow;

/**
 * The DATA window that we grant the peer, on a stream or on the connection (RFC 9113 §6.9).
 *
 * <p>At any time {@code granted + held + owed = limit + extra}. {@code granted}: bytes that the
 * peer may still send. {@code held}: bytes that came and are not consumed. {@code owed}: bytes that
 * are consumed and not yet granted anew. {@code limit}: the size of the window. {@code extra}: the
 * addition for one large message. Credit is returned once a quarter of the limit is owed, so that a
 * WINDOW_UPDATE is worth its bytes; for padding, also when the peer has little left. Not
 * thread-safe: its owner guards it.
 */
public final class ReceiveWindow {
  /** The largest size to widen a window to, so that growing it by 16 MiB stays within 2^31−1. */
  private static final int WIDEST = Integer.MAX_VALUE - BdpEstimator.MOST;

  /** The most bytes that padding and its length take from the window in one frame (§6.1). */
  private static final int MOST_PADDING = 256;

  /**
   * The bytes granted beyond a message. The reader of a unary call consumes its message only after
   * the stream's end, but the message's last frame may be padded. And nghttp2, which Node uses,
   * ends a stream only while its window is above zero, although neither an empty DATA frame nor
   * trailers need one.
   */
  private static final long SPARE = MOST_PADDING + 1;

  private int limit;
  private long granted;
  private long held;
  private long owed;
  private long extra;

  /** Starts with a window of this many bytes, from 0 to 2^31−1, all granted to the peer. */
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
   * @return false, with no change, if the bytes exceed the window: a flow-control error (§6.9.1)
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
   * Counts consumed bytes, at most {@link #held}.
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
   * Counts received padding, at most {@link #held}. No reader consumes it. If the peer has less
   * left than the padding of a frame and a byte, the owed bytes return at once: otherwise a peer
   * that pads its frames could not end its stream behind a message that fills the window.
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
   * Makes the window permanently larger, to the size that a {@link BdpEstimator} found. A smaller
   * limit is ignored: granted bytes cannot be taken back.
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
   * Makes room for the missing bytes of a message and for the stream's end behind it. Without it a
   * message as large as the window could not arrive, because the reader consumes it only when it is
   * complete.
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

  /** Grants the owed bytes and more, within the largest window (§6.9.1). */
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
