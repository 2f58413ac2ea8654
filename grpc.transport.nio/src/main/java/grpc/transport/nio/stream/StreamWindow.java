package grpc.transport.nio.stream;

import grpc.transport.nio.flow.BdpEstimator;
import grpc.transport.nio.flow.ReceiveWindow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The receive window of one stream, and the credit that we owe the peer. The loop fills the window,
 * the reader empties it, the writer takes the credit; a lock of its own guards everything except
 * the credit.
 *
 * <p>Methods return true to ask for a WINDOW_UPDATE: there is credit now and was none before.
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
   * Counts received bytes.
   *
   * @return false if the bytes exceed the window
   */
  synchronized boolean receive(int bytes) {
    return window.receive(bytes);
  }

  /** Counts received padding, which no reader takes. */
  boolean padding(int bytes) {
    return bytes > 0 && owe(discard(bytes));
  }

  private synchronized int discard(int bytes) {
    return window.discard(bytes);
  }

  /**
   * Makes room for a message that is larger than the window; otherwise its end could never come. It
   * does so only when all messages before it are taken: until then the reader makes room by
   * reading, and a stream without a reader gets no more.
   *
   * @param missingBytes the missing bytes of the incomplete message, 0 if there is none; loop only
   * @param begunBytes its received bytes, the prefix included
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

  /** Counts bytes that the reader took. */
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

  /** {@return whether to measure a round trip now} Ask when credit was given. */
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

  /** {@return the estimator of the window's size} Made only for streams with many bytes. */
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
