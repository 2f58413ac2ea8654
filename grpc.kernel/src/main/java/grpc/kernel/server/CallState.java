package grpc.kernel.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Decides between a handler's answer and its cancellation, with one CAS each: Mark.NEW → RUNNING
 * (its thread) → DONE, or from either of the first two through Mark.INTERRUPTING to CANCELLED. Once
 * the handler has answered, no interrupt hits its thread.
 */
final class CallState {
  private enum Mark {
    NEW,
    INLINE,
    INTERRUPTING,
    CANCELLED,
    DONE
  }

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(CallState.class, "state", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A mark, or the thread that runs the handler. */
  private volatile Object state = Mark.NEW;

  /**
   * The handler begins on this thread.
   *
   * @param interruptible false on a thread that serves others too: cancellation is then a flag only
   * @return false when the call is cancelled already
   */
  boolean begin(boolean interruptible) {
    return STATE.compareAndSet(
        this, Mark.NEW, interruptible ? Thread.currentThread() : Mark.INLINE);
  }

  /**
   * The handler has its answer. Waits out an interrupt that is on its way and clears it.
   *
   * @param interruptible as at the beginning
   * @return false when the call was cancelled before
   */
  boolean end(boolean interruptible) {
    var now = state;
    if (now == Mark.DONE) {
      return true; // and failed to give it
    }
    if ((now == Mark.INLINE || now instanceof Thread)
        && STATE.compareAndSet(this, now, Mark.DONE)) {
      return true;
    }
    while (state == Mark.INTERRUPTING) {
      Thread.onSpinWait();
    }
    if (interruptible) {
      Thread.interrupted();
    }
    return false;
  }

  /** The call ends from outside, its handler has not begun and never will; false where it has. */
  boolean cancelUnbegun() {
    return STATE.compareAndSet(this, Mark.NEW, Mark.CANCELLED);
  }

  /** The call ends from outside. False when its handler has answered, or another was first. */
  boolean cancel() {
    while (true) {
      var now = state;
      if (now instanceof Thread thread) {
        if (STATE.compareAndSet(this, now, Mark.INTERRUPTING)) {
          thread.interrupt();
          state = Mark.CANCELLED;
          return true;
        }
      } else if (now != Mark.NEW && now != Mark.INLINE) {
        return false;
      } else if (STATE.compareAndSet(this, now, Mark.CANCELLED)) {
        return true;
      }
    }
  }

  boolean isCancelled() {
    var now = state;
    return now == Mark.CANCELLED || now == Mark.INTERRUPTING;
  }
}
