package grpc.transport.nio.wire;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Work of a loop that must be done, and could not be, since memory ran out: the loop tries it again
 * until it returns. Asking for that takes no memory.
 */
public final class Unfinished {
  private final Runnable work;
  private final AtomicBoolean listed = new AtomicBoolean();

  /** The next in the loop's list; whoever has listed this owns it. */
  @Nullable Unfinished next;

  /** Work that can be repeated from its beginning. */
  public Unfinished(Runnable work) {
    this.work = work;
  }

  /** {@return whether it was not listed; then the caller has to list it} */
  boolean list() {
    return listed.compareAndSet(false, true);
  }

  /** Does the work. Loop only. */
  void run() {
    listed.set(false); // before: what is asked for meanwhile is done once more
    work.run();
  }
}
