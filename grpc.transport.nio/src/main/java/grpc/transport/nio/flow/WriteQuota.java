package grpc.transport.nio.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The bytes that a stream has queued for the writer, and their limit before the sender must wait.
 * Senders add, the writer credits; each is one atomic step. The sender parks while {@link
 * #exceeded}. {@link #credit} returns true when the writer must wake it: exactly once for each time
 * the queue falls below the quota.
 */
public final class WriteQuota {
  private static final VarHandle QUEUED = queuedHandle();

  private final int quota;

  @SuppressWarnings("unused") // through QUEUED
  private volatile long queued;

  /**
   * A quota of this many bytes. The send that exceeds it is let in; the next one waits.
   *
   * @param queued the bytes queued at the start
   */
  public WriteQuota(int quota, int queued) {
    this.quota = quota;
    QUEUED.set(this, (long) queued); // plain: safe publication of this object makes it visible
  }

  /** Counts queued bytes. */
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

  /** {@return whether more than the quota is queued, so that the sender must wait} */
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
