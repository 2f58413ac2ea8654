package grpc.transport.nio.wire;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The loops that a transport's connections share. They run while the group is retained, so a
 * process without connections has no thread of ours.
 */
public final class LoopGroup {
  /** The cores per loop: more loops only add switches between threads. */
  private static final int CORES_PER_LOOP = 4;

  private final LongSupplier clock;
  private final @Nullable Loop[] loops; // null while it does not run
  private int users;
  private int next;

  /** A group with the number of loops for this machine's cores. */
  public LoopGroup() {
    this(
        Math.max(1, Runtime.getRuntime().availableProcessors() / CORES_PER_LOOP), System::nanoTime);
  }

  /**
   * A group of this many loops.
   *
   * @param clock counts nanoseconds as {@link System#nanoTime} does
   */
  public LoopGroup(int size, LongSupplier clock) {
    this.loops = new @Nullable Loop[size];
    this.clock = clock;
  }

  /**
   * {@return the next loop in turn, which runs} Release it once for each call that returns. A call
   * that throws has no effect.
   *
   * @throws IOException if the system has no descriptor, thread or memory for a loop
   */
  public synchronized Loop retain() throws IOException {
    int index = (next + 1) % loops.length;
    Loop loop = loops[index];
    if (loop == null || loop.hasEnded()) { // the second: its selector failed
      loop = Loop.start("tenon-nio-" + index, clock);
      loops[index] = loop;
    }
    next = index;
    users++;
    return loop;
  }

  /** Gives up one use; the last one stops the loops. */
  public synchronized void release() {
    if (--users == 0) {
      for (int i = 0; i < loops.length; i++) {
        Loop loop = loops[i];
        loops[i] = null;
        if (loop != null) {
          loop.stopSoon();
        }
      }
    }
  }
}
