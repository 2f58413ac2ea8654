package grpc.transport.nio.outbound;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes WINDOW_UPDATEs of the whole connection from its loop to its writer, as sums (RFC 9113
 * §6.9): a peer that does not read may send any number of them. Any thread.
 */
public final class PendingWindowUpdates {
  private final AtomicLong received = new AtomicLong();
  private final AtomicInteger earned = new AtomicInteger();

  /**
   * The peer has widened the connection's window.
   *
   * @return whether to put a command for the writer: it has taken over all earlier ones
   */
  public boolean received(int bytes) {
    return received.getAndAdd(bytes) == 0;
  }

  /**
   * {@return the bytes by which the peer has widened the window since the last call of this method}
   */
  long takeReceived() {
    return received.getAndSet(0);
  }

  /**
   * The peer may send this many more bytes.
   *
   * @return whether to put a command for the writer
   */
  public boolean earned(int bytes) {
    return earned.getAndAdd(bytes) == 0;
  }

  /** {@return the bytes that the peer may send and that no WINDOW_UPDATE has granted yet} */
  int takeEarned() {
    return earned.getAndSet(0);
  }
}
