package grpc.transport.nio.flow;

/**
 * The DATA window that the peer grants us, on a stream or on the connection (RFC 9113 §6.9). Owned
 * by the holder of the writer role. The window may be negative after the peer lowered
 * SETTINGS_INITIAL_WINDOW_SIZE (§6.9.2); no DATA is sent until it is positive again.
 */
public final class SendWindow {
  private int window;

  /** Starts with a window of this many bytes, from 0 to 2^31−1. */
  public SendWindow(int initial) {
    window = initial;
  }

  /** Bytes that may be sent now: never negative. */
  public int available() {
    return Math.max(window, 0);
  }

  /** The window as it is in bytes, negative after a reduction by SETTINGS. */
  public int window() {
    return window;
  }

  /** Takes bytes that are being sent, at most {@link #available}. */
  public void consume(int bytes) {
    if (bytes < 0 || bytes > available()) {
      throw new IllegalArgumentException(
          "bytes to send: " + bytes + " (expected: 0.." + available() + ")");
    }
    window -= bytes;
  }

  /**
   * Adds a WINDOW_UPDATE's increment in bytes, or the sum of several, or the difference between a
   * new and an old SETTINGS_INITIAL_WINDOW_SIZE, which may be negative.
   *
   * @return false, with no change, if the window would exceed 2^31−1: a flow-control error of the
   *     peer (§6.9.1)
   */
  public boolean add(long bytes) {
    long sum = Math.addExact(window, bytes);
    if (sum > Integer.MAX_VALUE || sum < Integer.MIN_VALUE) {
      return false;
    }
    window = (int) sum;
    return true;
  }

  @Override
  public String toString() {
    return "SendWindow[" + window + "]";
  }
}
