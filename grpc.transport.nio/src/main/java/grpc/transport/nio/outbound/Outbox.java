package grpc.transport.nio.outbound;

import grpc.api.Status;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Where everyone puts what shall be written, and the hand-over of the writer role between threads.
 * Any thread may {@link #put}; whoever finds the role free takes it and writes for all.
 *
 * <pre>
 *             put / tryDrain: CAS
 *    FREE ───────────────────────────────► HELD ──(closed seen, writer threw)──► DEAD
 *     ▲ ◄── volatile store, then re-read head ┘ │ ▲
 *     │                               short write│ │onWritable: CAS (loop only)
 *     │                                          ▼ │
 *     └── close: CAS from FREE/SOCKET/LOOP ── SOCKET, LOOP (over budget; loop only)
 * </pre>
 *
 * <p>Law: every exit from HELD is a volatile store followed by a volatile read of head, and every
 * put or close is a CAS on head followed by a read of state, so that a command is seen by one of
 * the two. The role never parks, yields, locks or runs application code. docs/concurrency.md has
 * all ten invariants.
 */
public final class Outbox {
  /** Who may write. */
  enum State {
    /** Nobody writes. */
    FREE,
    /** A thread is writing. */
    HELD,
    /** Waits until the socket takes more. */
    SOCKET,
    /** Handed to the loop; also before the connection is set up. */
    LOOP,
    /** Closed; nothing is written any more. */
    DEAD
  }

  /** What came of writing. */
  enum Outcome {
    /** All is written. */
    DONE,
    /** The socket took less than there was. */
    SHORT,
    /** Enough for one turn; there may be more. */
    BUDGET
  }

  /** What the role does; called by its holder only. */
  interface Role {
    /** Encodes and writes what is there. */
    Outcome drain() throws Exception;

    /** {@return what streams shall hear when {@link #drain} has thrown this} */
    Status failure(Throwable thrown);

    /** Fails all that is not written and closes the wire. Called once, last. */
    void finish(Status cause);

    /** Has {@link Outbox#onWritable} called on the loop when the socket takes more. */
    void awaitWritable();

    /** Ends the wait for the socket. */
    void writableSeen();

    /** Has {@link Outbox#resume} called on the loop. */
    void resumeOnLoop();

    /** {@return whether the current thread is the loop, inside a read pass that ends in a drain} */
    boolean insideReadPass();

    /** {@return whether other calls are likely to put something soon} */
    boolean othersInFlight();
  }

  private static final VarHandle STATE;
  private static final VarHandle HEAD;

  static {
    try {
      var lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(Outbox.class, "state", State.class);
      HEAD = lookup.findVarHandle(Outbox.class, "head", Command.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Role role;
  private volatile State state = State.LOOP;

  /** Null, a chain with the newest first, or {@link Command.Closed}, which stays. */
  private volatile @Nullable Command head;

  /** An outbox in the hands of the loop until its first {@link #resume}. */
  Outbox(Role role) {
    this.role = role;
  }

  /**
   * Puts a command.
   *
   * @return false when the connection has closed; then the command is dropped, and nobody is told
   */
  @SuppressWarnings("ThreadPriorityCheck") // the yield only saves writes; nothing depends on it
  public boolean put(Command command) {
    Command h;
    do {
      h = head;
      if (h instanceof Command.Closed) {
        return false;
      }
      command.next = h;
    } while (!HEAD.compareAndSet(this, h, command));
    if (state != State.FREE || role.insideReadPass()) {
      return true;
    }
    if (Thread.currentThread().isVirtual() && role.othersInFlight()) {
      if (h != null) {
        return true; // who pushed onto the empty stack is the elected one
      }
      Thread.yield(); // the role is not held here: anyone may take it meanwhile
    }
    tryDrain();
    return true;
  }

  /** Takes the role if it is free and there is something to write; looks again after giving up. */
  private void tryDrain() {
    while (head != null && STATE.compareAndSet(this, State.FREE, State.HELD)) {
      if (!runRole()) {
        return;
      }
    }
  }

  /** Ends a read pass: writes what was put during it. Loop only. */
  public void endReadPass() {
    tryDrain();
  }

  /** {@return true when the role was given up as FREE, so that head must be looked at again} */
  private boolean runRole() {
    Outcome outcome = Outcome.DONE;
    try {
      outcome = role.drain();
    } catch (Throwable t) { // never into the handler that happened to write
      closeHead(role.failure(t));
    }
    if (head instanceof Command.Closed closed) {
      finish(closed);
      return false;
    }
    State next =
        switch (outcome) {
          case DONE -> State.FREE;
          case SHORT -> State.SOCKET;
          case BUDGET -> State.LOOP;
        };
    state = next;
    if (next == State.FREE) {
      return true;
    }
    if (head instanceof Command.Closed closed) {
      if (STATE.compareAndSet(this, next, State.HELD)) {
        finish(closed);
      }
      return false;
    }
    if (next == State.SOCKET) {
      role.awaitWritable();
    } else {
      role.resumeOnLoop();
    }
    return false;
  }

  /** The socket takes more. Loop only. */
  public void onWritable() {
    if (STATE.compareAndSet(this, State.SOCKET, State.HELD)) {
      role.writableSeen();
      if (runRole()) {
        tryDrain();
      }
    }
  }

  /** The loop's turn, after BUDGET and for the first time. Loop only. */
  public void resume() {
    if (STATE.compareAndSet(this, State.LOOP, State.HELD) && runRole()) {
      tryDrain();
    }
  }

  /** Takes all commands, oldest first. Under the role. */
  @Nullable Command takeAll() {
    Command h;
    do {
      h = head;
      if (h == null || h instanceof Command.Closed) {
        return null;
      }
    } while (!HEAD.compareAndSet(this, h, null)); // getAndSet would erase CLOSED
    Command oldest = null;
    while (h != null) {
      Command older = h.next;
      h.next = oldest;
      oldest = h;
      h = older;
    }
    return oldest;
  }

  /** Closes for this cause unless closed already; the wire follows as soon as the role is free. */
  public void close(Status cause) {
    if (!closeHead(cause)) {
      return;
    }
    while (true) {
      State s = state;
      if (s == State.HELD || s == State.DEAD) {
        return; // the holder looks at head before it gives up
      }
      if (STATE.compareAndSet(this, s, State.HELD)) {
        if (head instanceof Command.Closed closed) {
          finish(closed);
        }
        return;
      }
    }
  }

  private boolean closeHead(Status cause) {
    var closed = new Command.Closed(cause);
    Command h;
    do {
      h = head;
      if (h instanceof Command.Closed) {
        return false;
      }
    } while (!HEAD.compareAndSet(this, h, closed));
    for (; h != null; h = h.next) {
      h.fail(cause);
    }
    return true;
  }

  private void finish(Command.Closed closed) {
    try {
      role.finish(closed.cause());
    } finally {
      state = State.DEAD;
    }
  }

  /** {@return why it was closed; null while it is open} */
  public @Nullable Status closedBy() {
    return head instanceof Command.Closed closed ? closed.cause() : null;
  }
}
