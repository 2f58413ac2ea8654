package grpc.kernel.attempt;

import java.util.HashMap;
import java.util.Map;

/**
 * The threads of one call that run call credentials now. The end of the call interrupts them.
 * Thread-safe: the monitor guards the map.
 */
final class AskedCredentials {
  /** Each thread, and whether this class has interrupted it. */
  private final Map<Thread, Boolean> asking = new HashMap<>(2);

  /** The current thread is about to run credentials. Look after this whether the call is over. */
  synchronized void enter() {
    asking.put(Thread.currentThread(), false);
  }

  /**
   * The current thread has run credentials. Takes back an interrupt of this class that they have
   * not seen. An interrupt by the application that follows ours in the same moment is taken back
   * with it: a thread cannot tell one from the other, and either ends the call.
   */
  synchronized void leave() {
    if (Boolean.TRUE.equals(asking.remove(Thread.currentThread()))) {
      Thread.interrupted();
    }
  }

  /** The call is over: its credentials shall not wait on. */
  synchronized void interrupt() {
    asking.replaceAll((thread, ours) -> {
      if (ours || thread.isInterrupted()) { // the application's interrupt ends the wait, too
        return ours;
      }
      thread.interrupt();
      return true;
    });
  }

  /** Whether no thread runs credentials. */
  synchronized boolean isEmpty() {
    return asking.isEmpty();
  }
}
