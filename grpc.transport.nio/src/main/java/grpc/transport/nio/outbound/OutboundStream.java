package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.spi.transport.NonBlockingThread;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.flow.SendWindow;
import grpc.transport.nio.flow.WriteQuota;
import grpc.transport.nio.frame.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The writing half of a stream. Only the holder of the writer's role touches the writer's fields;
 * the write quota holds back the one thread that sends.
 */
public abstract class OutboundStream {
  /** The write quota: bytes that may wait to be framed before a sender must wait. */
  private static final int WRITE_QUOTA = 64 * 1024;

  // Owned by the writer.
  int id;
  @Nullable SendWindow window;
  @Nullable Command queueHead;
  @Nullable Command queueTail;
  @Nullable OutboundStream ringNext;
  boolean inRing;

  /** The RST_STREAM code behind trailers that leave before the client has half-closed. */
  ErrorCode resetAfterEnd = ErrorCode.NO_ERROR; // PROTOCOL-HTTP2, Responses

  /** Written under the role, by {@link #markHeadersWritten}. */
  boolean headersWritten;

  boolean resetWritten;

  /**
   * Whether END_STREAM or RST_STREAM of ours is encoded; written under the role, read by any
   * thread.
   */
  volatile boolean endWritten;

  private static final VarHandle HEADERS_WRITTEN;

  static {
    try {
      HEADERS_WRITTEN =
          MethodHandles.lookup()
              .findVarHandle(OutboundStream.class, "headersWritten", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final AtomicLongFieldUpdater<OutboundStream> PEER_WINDOW =
      AtomicLongFieldUpdater.newUpdater(OutboundStream.class, "peerWindow");

  /** The sum of the peer's WINDOW_UPDATEs that the writer has not yet taken over. */
  private volatile long peerWindow;

  private final WriteQuota quota;
  private volatile @Nullable Thread sender;

  /**
   * A stream.
   *
   * @param id its id, or 0 if the writer assigns it with its HEADERS
   * @param queued the bytes of the message put with its HEADERS
   */
  protected OutboundStream(int id, int queued) {
    this.id = id;
    this.quota = new WriteQuota(WRITE_QUOTA, queued);
  }

  /**
   * {@return the id, 0 until its HEADERS are written} Any thread that got the stream from the
   * table.
   */
  public final int id() {
    return id;
  }

  /** The response's headers are encoded. Under the role. */
  final void markHeadersWritten() {
    HEADERS_WRITTEN.setRelease(this, true);
  }

  /** {@return whether the response's headers are encoded} Any thread. */
  protected final boolean hasHeadersWritten() {
    return (boolean) HEADERS_WRITTEN.getAcquire(this);
  }

  /** {@return whether no more is to be written for it; queued data is dropped} */
  protected abstract boolean finished();

  /** {@return whether END_STREAM or RST_STREAM of ours is written} */
  protected final boolean localEnded() {
    return endWritten;
  }

  /** {@return whether the peer has ended its half} */
  protected abstract boolean remoteEnded();

  /** {@return whether the end of our half ends the whole stream, as a server's trailers do} */
  protected abstract boolean endsBothHalves();

  /** {@return the bytes of window that its reader has earned since the last call of this method} */
  protected abstract int takeWindowCredit();

  /**
   * {@return the block that ends a response with this status} Server only.
   *
   * @param afterHeaders whether headers went before; else it is Trailers-Only
   */
  protected HeaderBlock trailers(Status status, boolean afterHeaders) {
    throw new IllegalStateException("a client sends no trailers");
  }

  /** Fails it because of its connection. */
  public abstract void fail(Status cause, Progress progress);

  /**
   * Adds a WINDOW_UPDATE of the peer.
   *
   * @return whether to put a command for the writer: it has taken over all earlier ones
   */
  public final boolean addPeerWindow(int increment) {
    return PEER_WINDOW.getAndAdd(this, increment) == 0;
  }

  final long takePeerWindow() {
    return PEER_WINDOW.getAndSet(this, 0);
  }

  /** Counts bytes; call it before they are put. */
  protected final void charge(int bytes) {
    quota.add(bytes);
  }

  /** {@return bytes that wait to be framed} */
  protected final int queuedBytes() {
    return Math.clamp(quota.queued(), 0, Integer.MAX_VALUE);
  }

  /** Counts bytes that have been framed or dropped, and wakes the sender. */
  final void credit(int bytes) {
    if (quota.credit(bytes)) {
      wakeSender();
    }
  }

  /** Wakes the sender so that it sees that the stream has finished. */
  protected final void wakeSender() {
    Thread waiting = sender;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /** Waits until the quota is no longer exceeded, or the stream has finished. */
  protected final void awaitQuota() throws InterruptedException {
    if (!quota.exceeded()) {
      return;
    }
    NonBlockingThread.requireBlockingAllowed("sending more than the flow-control window allows");
    sender = Thread.currentThread(); // registered before the check: a later credit wakes us
    try {
      while (quota.exceeded() && !finished()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.park(this);
      }
    } finally {
      sender = null;
    }
  }

  final void enqueue(Command command) {
    command.next = null;
    if (queueTail == null) {
      queueHead = command;
    } else {
      queueTail.next = command;
    }
    queueTail = command;
  }

  final void dequeue() {
    Command first = queueHead;
    if (first != null) {
      queueHead = first.next;
      first.next = null;
      if (queueHead == null) {
        queueTail = null;
      }
    }
  }

  /** Drops the queued data, and gives its quota back. */
  final void dropQueue() {
    for (Command c = queueHead; c != null; c = c.next) {
      if (c instanceof Command.Data data) {
        credit(data.left());
      }
    }
    queueHead = null;
    queueTail = null;
  }
}
