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
 * The writing half of a stream. What the writer owns is touched under its role only; the write
 * quota holds back the one thread that sends.
 */
public abstract class OutboundStream {
  /** Bytes that may wait to be framed before a sender has to wait. */
  private static final int WRITE_QUOTA = 64 * 1024;

  // Owned by the writer.
  int id;
  @Nullable SendWindow window;
  @Nullable Command queueHead;
  @Nullable Command queueTail;
  @Nullable OutboundStream ringNext;
  boolean inRing;

  /** What follows trailers that leave before the client has half-closed. */
  ErrorCode resetAfterEnd = ErrorCode.NO_ERROR; // PROTOCOL-HTTP2, Responses

  /** Written under the role, by {@link #markHeadersWritten}. */
  boolean headersWritten;

  boolean resetWritten;

  /** Whether END_STREAM or RST_STREAM of ours is encoded; written under the role, read by all. */
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

  /** What the peer's WINDOW_UPDATEs sum up to and the writer has not taken over. */
  private volatile long peerWindow;

  private final WriteQuota quota;
  private volatile @Nullable Thread sender;

  /**
   * A stream.
   *
   * @param id its id, or 0 for one whose id is given when its HEADERS are written
   * @param queued bytes of a message that is put with its HEADERS
   */
  protected OutboundStream(int id, int queued) {
    this.id = id;
    this.quota = new WriteQuota(WRITE_QUOTA, queued);
  }

  /** {@return the id, 0 until its HEADERS are written} Any thread that got it through the table. */
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

  /** {@return whether nothing more is to be written for it, whatever is queued} */
  protected abstract boolean finished();

  /** {@return whether END_STREAM or RST_STREAM of ours is written} */
  protected final boolean localEnded() {
    return endWritten;
  }

  /** {@return whether the peer has ended its half} */
  protected abstract boolean remoteEnded();

  /** {@return whether the end of our half ends the whole stream, as a server's trailers do} */
  protected abstract boolean endsBothHalves();

  /** {@return bytes of window that its reader has earned since it was asked last} */
  protected abstract int takeWindowCredit();

  /**
   * {@return the block that ends a response with this status} Server only.
   *
   * @param afterHeaders whether headers went before; else it is Trailers-Only
   */
  protected HeaderBlock trailers(Status status, boolean afterHeaders) {
    throw new IllegalStateException("a client sends no trailers");
  }

  /** Ends it because the connection cannot carry it on. */
  public abstract void fail(Status cause, Progress progress);

  /**
   * Adds a WINDOW_UPDATE of the peer.
   *
   * @return whether the writer must be told: it has taken over all that came before
   */
  public final boolean addPeerWindow(int increment) {
    return PEER_WINDOW.getAndAdd(this, increment) == 0;
  }

  final long takePeerWindow() {
    return PEER_WINDOW.getAndSet(this, 0);
  }

  /** Counts bytes that are about to be put. */
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
    sender =
        Thread.currentThread(); // registered before the look: whoever credits after it wakes us
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

  /** Drops what is queued, and gives its quota back. */
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
