package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.hpack.HpackEncoder;
import java.nio.ByteBuffer;

/**
 * An outbox with a writer that keeps count, and writes as much as a test allows. What is awaited
 * from the socket or the loop happens when {@link #settle} is called.
 */
final class Desk implements Outbox.Role {
  static final int FRAMED = 1;
  static final int FAILED = 2;
  static final int REJECTED = 4;

  final Outbox outbox = new Outbox(this);
  private final Backlog backlog = new Backlog();
  private final Letter[] letters = {new Letter(), new Letter()};
  private int room;
  private volatile boolean armed;
  private volatile boolean handed;
  private int finishes;

  /** A desk whose role is free, with so many commands to be written before a write is short. */
  Desk(int room) {
    this.room = room;
    outbox.resume();
  }

  /** A command, and what became of it. */
  private static final class Letter extends OutboundStream implements HeaderBlock {
    volatile int outcome;

    Letter() {
      super(0, 0);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // a second outcome is what is looked for
    void outcome(int is) {
      outcome += is;
    }

    @Override
    protected boolean finished() {
      return false;
    }

    @Override
    protected boolean remoteEnded() {
      return false;
    }

    @Override
    protected boolean endsBothHalves() {
      return false;
    }

    @Override
    protected int takeWindowCredit() {
      return 0;
    }

    @Override
    public void fail(Status cause, Progress progress) {
      outcome(FAILED);
    }

    @Override
    public int bound() {
      return 0;
    }

    @Override
    public int listSize() {
      return 0;
    }

    @Override
    public void encode(HpackEncoder encoder, ByteBuffer out) {}
  }

  void put(int index) {
    Letter letter = letters[index];
    if (!outbox.put(new Command.Open(letter, letter, null))) {
      letter.outcome(REJECTED);
    }
  }

  void close() {
    outbox.close(Status.unavailable("closed"));
  }

  /** {@return what became of a command: the sum of its outcomes} */
  int outcome(int index) {
    return letters[index].outcome;
  }

  int finishes() {
    return finishes;
  }

  /** The socket takes everything from now on, and the loop does what was handed to it. */
  void settle() {
    room = Integer.MAX_VALUE;
    if (armed) {
      outbox.onWritable();
    }
    if (handed) {
      outbox.resume();
    }
  }

  @Override
  public Outbox.Outcome drain() {
    backlog.append(outbox.takeAll());
    for (Command c = backlog.peek(); c != null; c = backlog.peek()) {
      if (room == 0) {
        room = Integer.MAX_VALUE;
        return Outbox.Outcome.SHORT;
      }
      room--;
      ((Letter) ((Command.Open) c).stream).outcome(FRAMED);
      backlog.remove(c.next);
    }
    return Outbox.Outcome.DONE;
  }

  @Override
  public Status failure(Throwable thrown) {
    return Status.unavailable(thrown.toString());
  }

  @Override
  public void finish(Status cause) {
    finishes++;
    backlog.fail(cause);
  }

  @Override
  public void goOnEndingLater() {
    throw new AssertionError("there is memory");
  }

  @Override
  public void sweep() {
    // Its streams never end.
  }

  @Override
  public void awaitWritable() {
    armed = true;
  }

  @Override
  public void writableSeen() {
    armed = false;
  }

  @Override
  public void resumeOnLoop() {
    handed = true;
  }

  @Override
  public boolean insideReadPass() {
    return false;
  }

  @Override
  public boolean othersInFlight() {
    return false;
  }
}
