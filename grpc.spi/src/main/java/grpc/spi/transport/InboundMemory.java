package grpc.spi.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The limits for bytes of received messages that are incomplete, or complete and not yet read: one
 * limit per connection, and one for all connections together. A transport charges an {@link
 * Account} before it stores bytes of a message, and ends the call with RESOURCE_EXHAUSTED if the
 * account refuses. Shared by the transports of one server; thread-safe.
 *
 * <p>The first bytes of a connection do not count toward the common limit: a sixteenth of its own
 * limit, 64 KiB at most. So a client with small calls does not suffer when others have used up the
 * memory.
 *
 * <p>A transport need not charge a message that comes whole and is read at once.
 */
public final class InboundMemory {
  /** The least limit per connection from {@link #ofHeap}: a message of the default limit. */
  private static final long LEAST = 5L << 20;

  /**
   * The most bytes of a connection that do not count toward the common limit: a few small messages.
   */
  private static final long MOST_OWN = 64L << 10;

  private static final int OWN_PART = 16;

  private static final int PART_OF_HEAP = 4;
  private static final int PART_OF_ALL = 4;

  private final long perConnection;
  private final long inAll;
  private final long own;
  private final AtomicLong used = new AtomicLong();

  private InboundMemory(long perConnection, long inAll) {
    this.perConnection = perConnection;
    this.inAll = inAll;
    this.own = Math.min(MOST_OWN, perConnection / OWN_PART);
  }

  /**
   * {@return memory of this size; one connection may hold a quarter of it}
   *
   * @param bytes the common limit of all connections, without the first bytes of each
   * @throws IllegalArgumentException if it is not positive
   */
  public static InboundMemory ofBytes(long bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException(
          "inbound memory: %d bytes (expected: 1 or more)".formatted(bytes));
    }
    return new InboundMemory(Math.max(1, bytes / PART_OF_ALL), bytes);
  }

  /**
   * {@return memory of the same size with another limit per connection; it starts empty}
   *
   * @param bytes the limit per connection
   * @throws IllegalArgumentException if it is not positive, or more than the common limit
   */
  public InboundMemory withPerConnection(long bytes) {
    if (bytes <= 0 || bytes > inAll) {
      throw new IllegalArgumentException(
          "inbound memory: %d bytes a connection, %d in all (expected: 1 or more, and no more a connection than in all)"
              .formatted(bytes, inAll));
    }
    return new InboundMemory(bytes, inAll);
  }

  /**
   * {@return the default: a quarter of the heap in all, and a quarter of that per connection, at
   * least 5 MiB}
   *
   * @param maxHeap bytes that the heap may grow to, {@link Runtime#maxMemory()}
   */
  public static InboundMemory ofHeap(long maxHeap) {
    long inAll = Math.max(LEAST, maxHeap / PART_OF_HEAP);
    return new InboundMemory(Math.max(LEAST, inAll / PART_OF_ALL), inAll);
  }

  /** {@return the limit per connection in bytes} */
  public long perConnection() {
    return perConnection;
  }

  /** {@return the common limit of all connections in bytes, without the first bytes of each} */
  public long inAll() {
    return inAll;
  }

  /** {@return the bytes that all connections hold now, without the first bytes of each} */
  public long used() {
    return used.get();
  }

  /** {@return the account of a new connection} */
  public Account account() {
    return new Account(this);
  }

  /** The bytes that one connection holds. Thread-safe. */
  public static final class Account {
    private final InboundMemory memory;
    private final AtomicLong used = new AtomicLong();

    private Account(InboundMemory memory) {
      this.memory = memory;
    }

    /**
     * Charges bytes; call it before you store them.
     *
     * @return false if a limit would be exceeded; then the bytes are not charged
     */
    public boolean charge(int bytes) {
      long after = used.addAndGet(bytes);
      if (after > memory.perConnection) {
        used.addAndGet(-bytes);
        return false;
      }
      long ofAll = shared(after) - shared(after - bytes);
      if (ofAll > 0 && memory.used.addAndGet(ofAll) > memory.inAll) {
        release(bytes);
        return false;
      }
      return true;
    }

    /** Gives bytes back that are no longer stored. */
    public void release(int bytes) {
      long after = used.addAndGet(-bytes);
      long ofAll = shared(after + bytes) - shared(after);
      if (ofAll > 0) {
        memory.used.addAndGet(-ofAll);
      }
    }

    /** {@return the part of these bytes that counts toward the common limit} */
    private long shared(long bytes) {
      return Math.max(0, bytes - memory.own);
    }
  }
}
