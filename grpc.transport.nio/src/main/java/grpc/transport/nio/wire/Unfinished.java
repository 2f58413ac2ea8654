package grpc.transport.nio.wire;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Work that must be done and failed because memory ran out: the loop tries it again until it
 * returns. Asking for that takes no memory.
 */
public final class Unfinished {
  private final Runnable work;
  private final AtomicBoolean listed = new AtomicBoolean();

  /** The next in the loop's list; the thread that lists this object owns it. */
  @Nullable Unfinished next;

  /** Work that can be repeated from its beginning. */
  public Unfinished(Runnable work) {
    this.work = work;
  }

  /** {@return whether it was not listed before; then the caller must list it} */
  boolean list() {
    return listed.compareAndSet(false, true);
  }

  /** Does the work. Loop only. */
  void run() {
    listed.set(false); // before: work requested meanwhile runs once more
    work.run();
  }
}
