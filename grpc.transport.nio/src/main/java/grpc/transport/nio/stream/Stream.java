package grpc.transport.nio.stream;

import grpc.api.Status;
import grpc.spi.transport.Message;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.outbound.Command;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a stream: the loop puts messages in, one thread takes them out.
 *
 * <pre>
 *   idle ──HEADERS──► open ──END_STREAM received──► half-closed (remote) ──our END_STREAM──► closed
 *                      │ └──our END_STREAM──► half-closed (local) ──END_STREAM received──► closed
 *                      └──RST_STREAM, either way──► closed                     (RFC 9113 §5.1)
 * </pre>
 *
 * <p>The loop calls {@link #received} and the methods that end the peer's half; one thread at a
 * time takes messages.
 */
public abstract class Stream extends AwaitedStream implements MessageDeframer.Ledger {
  /** The value of {@link #held} once charging has ended. */
  private static final int SETTLED = -1;

  /** The rough overhead of a message beside its bytes: four objects and their references. */
  private static final int MESSAGE_OVERHEAD = 160;

  /** A lone message of at most this size is not charged: a stream itself takes as much. */
  private static final int SMALL = 1024;

  static final Status NO_MEMORY =
      Status.resourceExhausted("the server has no memory for this message now; try again later");

  private static final VarHandle RECEIVED;
  private static final VarHandle HELD;

  static {
    try {
      var lookup = MethodHandles.lookup();
      RECEIVED = lookup.findVarHandle(Stream.class, "received", Node.class);
      HELD = lookup.findVarHandle(Stream.class, "held", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final class Node {
    final Message message;
    final int charged;
    @Nullable Node next;

    Node(Message message, int charged) {
      this.message = message;
      this.charged = charged;
    }
  }

  private final StreamOwner owner;
  private final MessageDeframer deframer;
  private final StreamWindow window;

  /** Newest first; the loop pushes, the reader takes all. */
  private volatile @Nullable Node received;

  /** Oldest first; the reader's own, but the loop may read it while the reader is registered. */
  private @Nullable Node ordered;

  /** Bytes that are charged for messages; the loop adds, the reader and the end subtract. */
  private volatile int held;

  private volatile boolean remoteEnded;

  private boolean wakePending; // loop only
  private @Nullable DeclaredLength declaredLength; // loop only; null unless it was declared

  Stream(int id, StreamOwner owner, int windowSize, int queued) {
    super(id, queued);
    this.owner = owner;
    this.deframer = new MessageDeframer();
    this.window = new StreamWindow(windowSize);
  }

  final StreamOwner owner() {
    return owner;
  }

  /** {@return the most bytes of a received message} */
  abstract int maxMessageSize();

  /** {@return whether receiving has ended} Messages that are there can still be read. */
  abstract boolean inboundOver();

  /** {@return whether DATA may come by now} Loop only. */
  abstract boolean dataMayCome();

  /** A message cannot be read: ends the call. Loop only. */
  abstract void unreadable(Status status);

  /**
   * {@return whether a complete message may stay for long: its reader waits for the peer's next
   * bytes, or is slow} Loop only.
   */
  abstract boolean mayLieAbout(boolean endStream);

  /**
   * DATA came. Loop only.
   *
   * @param endStream whether the peer's half ends with it
   * @return false when the bytes are not valid messages
   */
  public final boolean received(ByteBuffer data, int flowControlled, boolean endStream)
      throws StreamError {
    if (remoteEnded) {
      throw new StreamError(id(), ErrorCode.STREAM_CLOSED, "DATA after END_STREAM"); // §5.1
    }
    if (!dataMayCome()) {
      throw new StreamError(id(), ErrorCode.PROTOCOL_ERROR, "DATA before HEADERS"); // §8.1
    }
    if (!window.receive(flowControlled)) {
      throw new StreamError(
          id(), ErrorCode.FLOW_CONTROL_ERROR, "more DATA than the stream's window allows");
    }
    widenIf(window.padding(flowControlled - data.remaining()));
    if (declaredLength != null) {
      declaredLength.received(id(), data.remaining());
    }
    if (inboundOver()) {
      return true; // cancelled, or failed before: no thread reads it
    }
    try {
      int limit = maxMessageSize();
      for (Message m = deframer.next(data, limit, this);
          m != null;
          m = deframer.next(data, limit, this)) {
        push(m, deframer.takeCounted(m), endStream);
      }
      widenIf(window.makeRoom(deframer.missing(), deframer.begun()));
      return true;
    } catch (MessageDeframer.Malformed e) {
      deframer.drop(this);
      unreadable(e.status());
      return false;
    }
  }

  private void push(Message message, int charged, boolean endStream)
      throws MessageDeframer.Malformed {
    int payload = message.payload().remaining();
    int more = 0;
    if (received != null) { // its reader does not keep up
      more = MESSAGE_OVERHEAD + (charged == 0 ? payload : 0);
    } else if (charged == 0 && payload > SMALL && mayLieAbout(endStream)) {
      more = MESSAGE_OVERHEAD + payload;
    }
    if (more > 0) {
      hold(more);
    }
    var node = new Node(message, charged + more);
    Node h;
    do {
      h = received;
      node.next = h;
    } while (!RECEIVED.compareAndSet(this, h, node));
    signal();
  }

  /** Charges the memory of the headers that the stream began with. Loop only. */
  public final void holdHeaders(int bytes) {
    if (bytes > SMALL) {
      try {
        hold(bytes);
      } catch (MessageDeframer.Malformed e) {
        unreadable(e.status());
      }
    }
  }

  @Override
  public final void hold(int bytes) throws MessageDeframer.Malformed {
    if (!owner.budget().charge(bytes)) {
      throw new MessageDeframer.Malformed(NO_MEMORY);
    }
    int h;
    do {
      h = held;
      if (h == SETTLED) {
        owner.budget().release(bytes);
        return;
      }
    } while (!HELD.compareAndSet(this, h, h + bytes));
  }

  @Override
  public final void letGo(int bytes) {
    int h;
    do {
      h = held;
      if (h == SETTLED) {
        return;
      }
    } while (!HELD.compareAndSet(this, h, h - bytes));
    owner.budget().release(bytes);
  }

  /** No thread takes messages any more: gives the charged bytes back. Any thread. */
  public final void forgetReceived() {
    int h = (int) HELD.getAndSet(this, SETTLED);
    if (h > 0) {
      owner.budget().release(h);
      received = null;
    }
  }

  /** Drops received messages that are not taken. Loop only. */
  public final void dropReceived() {
    deframer.drop(this);
    received = null;
    forgetReceived();
  }

  private void widenIf(boolean owed) {
    if (owed) {
      owner.put(new Command.WindowUpdate(this));
    }
  }

  @Override
  protected final int takeWindowCredit() {
    return window.takeCredit();
  }

  /** {@return whether the received bytes end with a complete message} Loop only. */
  public final boolean endsBetweenMessages() {
    return deframer.betweenMessages();
  }

  /** Takes over the {@code content-length}, unless it is negative. Loop only. */
  public final void declareLength(long bytes) {
    if (bytes >= 0) {
      declaredLength = new DeclaredLength(bytes);
    }
  }

  /** The peer's half ends normally: checks that it has the declared number of bytes. Loop only. */
  public final void requireDeclaredLength() throws StreamError {
    if (declaredLength != null) {
      declaredLength.ended(id());
    }
  }

  /** Marks the peer's half as ended. Loop only. */
  final void markRemoteEnded() {
    remoteEnded = true;
  }

  @Override
  protected final boolean remoteEnded() {
    return remoteEnded;
  }

  /**
   * Wakes the reader at the end of the read pass, if it waits for an event that is there now. Loop
   * only.
   */
  final void signal() {
    if (!wakePending && hasNews()) {
      wakePending = true;
      owner.wakeLater(this);
    }
  }

  /** {@return whether a reader that waits for a message can go on} */
  final boolean ready() {
    return received != null || inboundOver();
  }

  /** {@return whether two messages or more are there} */
  final boolean hasSeveral() {
    Node newest = received;
    return newest != null && (newest.next != null || ordered != null);
  }

  /** Wakes the reader, after {@link StreamOwner#wakeLater}. Loop only. */
  public final void wake() {
    LockSupport.unpark(readerToWake());
  }

  /** {@return the reader to wake, if it still waits} The caller wakes it. Loop only. */
  public final @Nullable Thread readerToWake() {
    wakePending = false;
    return firstToWake();
  }

  /** Waits for the next message. */
  final @Nullable Message take() throws InterruptedException {
    Node node = poll();
    if (node == null) {
      await(Wait.MESSAGE);
      node = poll();
      if (node == null) {
        return null;
      }
    }
    ordered = node.next;
    Message message = node.message;
    if (node.charged > 0) {
      letGo(node.charged);
    }
    consumed(message.payload().remaining() + Command.Data.PREFIX_SIZE);
    return message;
  }

  /** {@return the oldest message's node, without removing it} */
  private @Nullable Node poll() {
    if (ordered != null || received == null) {
      return ordered;
    }
    Node node = (Node) RECEIVED.getAndSet(this, null);
    Node oldest = null;
    while (node != null) {
      Node older = node.next;
      node.next = oldest;
      oldest = node;
      node = older;
    }
    ordered = oldest;
    return oldest;
  }

  private void consumed(int bytes) {
    if (remoteEnded) {
      return; // no more will come: no window is needed
    }
    if (window.taken(bytes)) {
      owner.put(new Command.WindowUpdate(this));
      if (window.wantsProbe()) {
        owner.measureRoundTrip(this);
      }
    }
  }

  /** The measurement of a round trip begins. The reader's thread. */
  public final void roundTripBegins(long nanoTime) {
    window.probeSent(nanoTime);
  }

  /**
   * The round trip has ended. Loop only.
   *
   * @return the new size of the window
   */
  public final int roundTripEnded(long nanoTime) {
    boolean larger = window.probeAcknowledged(nanoTime);
    widenIf(larger && !remoteEnded);
    return window.limit();
  }
}
