package grpc.transport.nio.wire;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A loop's list of unfinished work. Any thread adds work, the loop does it. */
final class UnfinishedWork {
  private final AtomicReference<@Nullable Unfinished> first = new AtomicReference<>();
  private boolean inVain; // loop only

  /** Adds work unless it is there. Takes no memory. */
  void add(Unfinished work) {
    if (work.list()) {
      Unfinished next;
      do {
        next = first.get();
        work.next = next;
      } while (!first.compareAndSet(next, work));
    }
  }

  /** {@return whether there is work that was not just tried} Loop only. */
  boolean isDue() {
    return first.get() != null && !inVain;
  }

  /** {@return whether the last try failed, so that another must follow soon} Loop only. */
  boolean wasInVain() {
    return inVain;
  }

  /**
   * Does all the work. Loop only.
   *
   * @param last whether to drop work that throws, because the loop ends
   */
  void run(boolean last) {
    if (first.get() == null) {
      return;
    }
    Unfinished work = first.getAndSet(null);
    inVain = false;
    while (work != null) {
      Unfinished following = work.next;
      work.next = null;
      try {
        work.run();
      } catch (Throwable t) {
        if (!last) {
          add(work);
          inVain = true;
        }
      }
      work = following;
    }
  }
}
