package grpc.transport.nio.stream;

import grpc.transport.nio.flow.BdpEstimator;
import grpc.transport.nio.flow.ReceiveWindow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What the peer may send on one stream, and the credit it is owed. The loop fills the window, the
 * reader empties it, the writer takes the credit; a lock of its own guards all but the credit.
 *
 * <p>Methods that return true ask for a WINDOW_UPDATE: there is credit where there was none.
 */
final class StreamWindow {
  private static final VarHandle CREDIT;

  static {
    try {
      CREDIT = MethodHandles.lookup().findVarHandle(StreamWindow.class, "credit", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ReceiveWindow window;
  private @Nullable BdpEstimator estimator;
  private int missing; // written by the loop
  private int begun;

  @SuppressWarnings("unused") // through CREDIT
  private volatile int credit;

  StreamWindow(int size) {
    window = new ReceiveWindow(size);
  }

  /**
   * Counts what came.
   *
   * @return false if the peer was not allowed to send so much
   */
  synchronized boolean receive(int bytes) {
    return window.receive(bytes);
  }

  /** Counts padding, which no reader takes. */
  boolean padding(int bytes) {
    return bytes > 0 && owe(discard(bytes));
  }

  private synchronized int discard(int bytes) {
    return window.discard(bytes);
  }

  /**
   * Makes room for a message that is larger than the window; else its end never came. Only once all
   * before it are taken: until then the reader makes room, and who reads nothing gets no more.
   *
   * @param missingBytes of the message that is coming, 0 where none is; loop only
   * @param begunBytes of it that have come, its prefix included
   */
  boolean makeRoom(int missingBytes, int begunBytes) {
    return (missingBytes > 0 || missing > 0) && owe(expect(missingBytes, begunBytes));
  }

  private synchronized int expect(int missingBytes, int begunBytes) {
    missing = missingBytes;
    begun = begunBytes;
    return room();
  }

  private int room() {
    return missing > 0 && window.held() == begun ? window.widen(missing) : 0;
  }

  /** Counts what the reader took. */
  boolean taken(int bytes) {
    return owe(take(bytes));
  }

  private synchronized int take(int bytes) {
    int owed = window.consume(bytes);
    if (owed > 0) {
      estimator().taken(owed);
    }
    return owed + room();
  }

  /** {@return whether to measure a round trip now} To be asked when credit was given. */
  synchronized boolean wantsProbe() {
    return estimator().wantsProbe();
  }

  synchronized void probeSent(long nanoTime) {
    estimator().probeSent(nanoTime);
  }

  /** The round trip has ended. */
  boolean probeAcknowledged(long nanoTime) {
    return owe(grow(nanoTime));
  }

  private synchronized int grow(long nanoTime) {
    return window.grow(estimator().probeAcknowledged(nanoTime));
  }

  /** {@return the size of the window in bytes} */
  synchronized int limit() {
    return window.limit();
  }

  /** {@return what finds the window's size} Made only for streams that take much. */
  private BdpEstimator estimator() {
    BdpEstimator e = estimator;
    if (e == null) {
      e = new BdpEstimator(window.limit());
      estimator = e;
    }
    return e;
  }

  private boolean owe(int bytes) {
    return bytes > 0 && (int) CREDIT.getAndAdd(this, bytes) == 0;
  }

  /** {@return the increment of the WINDOW_UPDATE to write} */
  int takeCredit() {
    return (int) CREDIT.getAndSet(this, 0);
  }
}
