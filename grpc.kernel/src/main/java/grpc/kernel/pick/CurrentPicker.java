package grpc.kernel.pick;

import grpc.kernel.time.Clock;
import grpc.spi.transport.NonBlockingThread;
import java.util.concurrent.TimeUnit;

/**
 * Where the channel posts its current {@link PickerState}. Reading is one volatile read; calls that
 * have to wait park on its monitor until the next one.
 */
public final class CurrentPicker {
  /** A call that waits. */
  @FunctionalInterface
  public interface Waiting {
    /** {@return whether it need not wait any more} */
    boolean isOver();
  }

  private final Clock clock;
  private volatile PickerState current;

  public CurrentPicker(Clock clock, PickerState first) {
    this.clock = clock;
    this.current = first;
  }

  /** {@return the current selection} */
  public PickerState current() {
    return current;
  }

  public synchronized void post(PickerState next) {
    if (current.phase() != PickerState.Phase.CLOSED) {
      current = next;
      notifyAll();
    }
  }

  /** Has waiting calls look whether they are over. */
  public synchronized void wake() {
    notifyAll();
  }

  /**
   * Waits for another selection than the one seen, until the call is over or the moment has come.
   *
   * @param untilNanos on the clock's scale; {@link Long#MAX_VALUE} for no end
   * @return the current selection
   */
  @SuppressWarnings(
      "ReferenceEquality") // another selection, even one that is equal, is worth a pick
  public synchronized PickerState await(PickerState seen, long untilNanos, Waiting call)
      throws InterruptedException {
    while (current == seen && !call.isOver()) {
      NonBlockingThread.requireBlockingAllowed("waiting for a connection");
      if (untilNanos == Long.MAX_VALUE) {
        wait();
      } else {
        long left = untilNanos - clock.nanoTime();
        if (left <= 0) {
          break;
        }
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
      }
    }
    return current;
  }
}
