package grpc.transport.nio.outbound;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * WINDOW_UPDATEs of the whole connection between its loop and its writer, as sums (RFC 9113 §6.9):
 * a peer that reads nothing may send any number of them. Any thread.
 */
public final class PendingWindowUpdates {
  private final AtomicLong received = new AtomicLong();
  private final AtomicInteger earned = new AtomicInteger();

  /**
   * The peer has widened the connection's window.
   *
   * @return whether the writer must be told: it has taken over all that came before
   */
  public boolean received(int bytes) {
    return received.getAndAdd(bytes) == 0;
  }

  /** {@return bytes by which the peer has widened the window since it was asked last} */
  long takeReceived() {
    return received.getAndSet(0);
  }

  /**
   * The peer may send so many bytes more.
   *
   * @return whether the writer must be told
   */
  public boolean earned(int bytes) {
    return earned.getAndAdd(bytes) == 0;
  }

  /** {@return bytes that the peer may send and was not told of} */
  int takeEarned() {
    return earned.getAndSet(0);
  }
}
