package grpc.spi.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a server's connections may hold of messages that are not whole, or whole and not taken: so
 * many bytes each, and so many all together. A transport charges an {@link Account} before it keeps
 * bytes of a message beyond the moment, and ends the call with RESOURCE_EXHAUSTED if it may not.
 * Shared by the transports of one server; thread-safe.
 *
 * <p>The first bytes of a connection, a sixteenth of what it may hold and 64 KiB at most, do not
 * count among those of all together: a client with small calls does not notice that others have
 * used up the memory.
 *
 * <p>A message that comes whole and is taken at once need not be charged.
 */
public final class InboundMemory {
  /** What {@link #ofHeap} grants a connection at least: a message of the default limit. */
  private static final long LEAST = 5L << 20;

  /**
   * What a connection may hold at most beside all others, however much these hold: a few small
   * messages that lie about for a moment.
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
   * {@return memory of this size, of which a connection may hold a quarter}
   *
   * @param bytes what all connections may hold together, beyond the first of each
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
   * {@return memory of the same size with another part for a connection; it starts empty}
   *
   * @param bytes what one connection may hold
   * @throws IllegalArgumentException if it is not positive, or more than all may hold together
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
   * {@return the default: a quarter of the heap in all, and a quarter of that a connection, but 5
   * MiB at least}
   *
   * @param maxHeap bytes that the heap may grow to, {@link Runtime#maxMemory()}
   */
  public static InboundMemory ofHeap(long maxHeap) {
    long inAll = Math.max(LEAST, maxHeap / PART_OF_HEAP);
    return new InboundMemory(Math.max(LEAST, inAll / PART_OF_ALL), inAll);
  }

  /** {@return bytes that a connection may hold} */
  public long perConnection() {
    return perConnection;
  }

  /** {@return bytes that all connections may hold together, beyond the first of each} */
  public long inAll() {
    return inAll;
  }

  /** {@return bytes that are held now by all connections together, beyond the first of each} */
  public long used() {
    return used.get();
  }

  /** {@return the account of a new connection} */
  public Account account() {
    return new Account(this);
  }

  /** What one connection holds. Thread-safe. */
  public static final class Account {
    private final InboundMemory memory;
    private final AtomicLong used = new AtomicLong();

    private Account(InboundMemory memory) {
      this.memory = memory;
    }

    /**
     * Counts bytes that are about to be kept.
     *
     * @return false if the connection or all together would hold too much; then nothing is counted
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

    /** Counts bytes that are no longer kept. */
    public void release(int bytes) {
      long after = used.addAndGet(-bytes);
      long ofAll = shared(after + bytes) - shared(after);
      if (ofAll > 0) {
        memory.used.addAndGet(-ofAll);
      }
    }

    /** {@return how many of so many bytes count among those of all} */
    private long shared(long bytes) {
      return Math.max(0, bytes - memory.own);
    }
  }
}
