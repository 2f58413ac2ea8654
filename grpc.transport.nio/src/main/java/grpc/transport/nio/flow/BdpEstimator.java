package grpc.transport.nio.flow;

/**
 * Finds how large the receive windows must be by measuring what arrives in one round trip (the
 * bandwidth-delay product), with the constants of grpc-go. One probe PING is in flight at a time;
 * the caller sends it and says when. A measurement that fills two thirds of the present window at
 * the highest bandwidth seen so far doubles what was measured. Owned by the reading thread; times
 * are nanoseconds of one monotonic clock.
 */
public final class BdpEstimator {
  /** The window is never grown past this, in bytes. */
  public static final int MOST = 16 << 20;

  /** The payload of a probe PING, to tell its acknowledgement from those of others. */
  public static final long PROBE = 0x0204_1010_0909_0e07L;

  private static final double ALPHA = 0.9;
  private static final double BETA = 0.66;
  private static final double GAMMA = 2;
  private static final int PLAIN_AVERAGES = 10;

  private int window;
  private boolean probing;
  private boolean sent;
  private long sentAt;
  private long sample;
  private int samples;
  private double roundTrip;
  private double bandwidth;

  /** An estimator for windows that start with so many bytes. */
  public BdpEstimator(int window) {
    this.window = window;
  }

  /**
   * Counts bytes of DATA that arrived.
   *
   * @return whether a probe PING is to be sent, and told by {@link #probeSent}
   */
  public boolean received(int bytes) {
    if (window >= MOST) return false;
    if (probing) {
      sample += bytes;
      return false;
    }
    probing = true;
    sent = false;
    sample = bytes;
    return true;
  }

  /** The probe PING leaves now. */
  public void probeSent(long nanos) {
    if (!probing || sent) return;
    sent = true;
    sentAt = nanos;
  }

  /**
   * The acknowledgement of the probe PING has come.
   *
   * @return the windows' new size in bytes, or 0 if it stays
   */
  public int probeAcknowledged(long nanos) {
    if (!probing || !sent) return 0;
    probing = false;
    samples++;
    double took = Math.max(nanos - sentAt, 1);
    double weight = samples < PLAIN_AVERAGES ? 1.0 / samples : ALPHA;
    roundTrip += (took - roundTrip) * weight;
    // The sample began before the PING left, so it took up to half a round trip longer.
    double current = sample / (roundTrip * 1.5);
    if (current < bandwidth) return 0;
    bandwidth = current;
    if (sample < BETA * window) return 0;
    int larger = (int) Math.min(GAMMA * sample, MOST);
    if (larger <= window) return 0;
    window = larger;
    return larger;
  }

  /** The windows' size in bytes as estimated so far. */
  public int window() {
    return window;
  }
}
