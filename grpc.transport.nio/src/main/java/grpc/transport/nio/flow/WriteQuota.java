package grpc.transport.nio.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many bytes a stream has queued for the writer, against how many it may have before its sender
 * must wait. Senders add, the writer credits; each is one atomic step. The sender parks while
 * {@link #exceeded}, and {@link #credit} tells the writer when to wake it: exactly once for each
 * time the quota is left.
 */
public final class WriteQuota {
  private static final VarHandle QUEUED = queuedHandle();

  private final int quota;

  @SuppressWarnings("unused") // through QUEUED
  private volatile long queued;

  /**
   * A quota of so many bytes; one put over it is always let in, the next one waits.
   *
   * @param queued bytes that are queued to begin with
   */
  public WriteQuota(int quota, int queued) {
    this.quota = quota;
    QUEUED.set(this, (long) queued); // plain: who gets this object sees it
  }

  /** Counts bytes that were queued. */
  public void add(int bytes) {
    QUEUED.getAndAdd(this, (long) bytes);
  }

  /**
   * Counts bytes that left the queue.
   *
   * @return whether the waiting sender, if there is one, is to be woken
   */
  public boolean credit(int bytes) {
    long before = (long) QUEUED.getAndAdd(this, (long) -bytes);
    return before > quota && before - bytes <= quota;
  }

  /** Whether more than the quota is queued, and the sender is to wait. */
  public boolean exceeded() {
    return queued > quota;
  }

  /** Bytes queued now. */
  public long queued() {
    return queued;
  }

  private static VarHandle queuedHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(WriteQuota.class, "queued", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
