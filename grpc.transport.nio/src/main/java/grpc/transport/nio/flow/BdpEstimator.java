package grpc.transport.nio.flow;

/**
 * Finds how large a stream's receive window must be by measuring what its reader takes in one round
 * trip (the bandwidth-delay product), with the constants of grpc-go. Bytes count when the reader
 * takes them, not when they arrive: a slow reader's window stays as it is. If a measurement fills
 * two thirds of the present window at the highest bandwidth so far, the new window is twice the
 * measured bytes. Not thread-safe: its owner guards it; times are nanoseconds of one monotonic
 * clock.
 */
public final class BdpEstimator {
  /** The largest window, in bytes. */
  public static final int MOST = 16 << 20;

  private static final double ALPHA = 0.9;
  private static final double BETA = 0.66;
  private static final double GAMMA = 2;
  private static final int PLAIN_AVERAGES = 10;

  private int window;
  private boolean probing;
  private long sentAt;
  private long sample;
  private int samples;
  private double roundTrip;
  private double bandwidth;

  /** Starts with a window of this many bytes. */
  public BdpEstimator(int window) {
    this.window = window;
  }

  /** {@return whether a probe PING would be of use now} */
  public boolean wantsProbe() {
    return !probing && window < MOST;
  }

  /** Counts bytes that the reader took. */
  public void taken(int bytes) {
    sample += bytes;
  }

  /** A probe PING leaves now. */
  public void probeSent(long nanos) {
    probing = true;
    sentAt = nanos;
    sample = 0;
  }

  /**
   * The acknowledgement of the probe PING has come.
   *
   * @return the window's new size in bytes, or 0 if it stays
   */
  public int probeAcknowledged(long nanos) {
    if (!probing) {
      return 0;
    }
    probing = false;
    samples++;
    double took = Math.max(nanos - sentAt, 1);
    double weight = samples < PLAIN_AVERAGES ? 1.0 / samples : ALPHA;
    roundTrip += (took - roundTrip) * weight;
    double current = sample / roundTrip;
    if (current < bandwidth) {
      return 0;
    }
    bandwidth = current;
    if (sample < BETA * window) {
      return 0;
    }
    int larger = (int) Math.min(GAMMA * sample, MOST);
    if (larger <= window) {
      return 0;
    }
    window = larger;
    return larger;
  }
}
