package grpc.transport.nio.wire;

import java.util.function.LongSupplier;

/**
 * The loops that a transport's connections share. They run while somebody retains the group, so a
 * process with no connection has no thread of ours.
 */
public final class LoopGroup {
  /** One loop serves this many cores: more loops only add switches between threads. */
  private static final int CORES_PER_LOOP = 4;

  private final int size;
  private final LongSupplier clock;
  private Loop[] loops = {};
  private int users;
  private int next;

  /** A group with as many loops as this machine's cores call for. */
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
    this.size = size;
    this.clock = clock;
  }

  /**
   * Starts the loops unless they run, and {@return the next in turn} Each call is to be released.
   */
  public synchronized Loop retain() {
    if (users++ == 0) {
      loops = new Loop[size];
      for (int i = 0; i < size; i++) {
        loops[i] = new Loop("tenon-nio-" + i, clock);
        loops[i].start();
      }
    }
    next = (next + 1) % size;
    return loops[next];
  }

  /** Gives up one use; the last one stops the loops. */
  public synchronized void release() {
    if (--users == 0) {
      for (Loop loop : loops) {
        loop.stopSoon();
      }
      loops = new Loop[0];
    }
  }
}
