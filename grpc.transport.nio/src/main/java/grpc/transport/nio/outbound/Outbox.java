package grpc.transport.nio.outbound;

import grpc.api.Status;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** Drops of what is there what is of no use any more, and writes nothing. */
    void sweep();

    /**
     * Fails all that is not written and closes the wire. Called last, and again if it throws: then
     * it goes on.
     */
    void finish(Status cause);

    /**
     * Has {@link Outbox#goOnEnding} called on the loop until it throws nothing. Takes no memory.
     */
    void goOnEndingLater();

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

  /** Bytes of what is of no use that may wait for a socket that takes nothing. */
  private static final int MAX_MOOT = 256 * 1024;

  /** What a command and its call take beside the message, in bytes, roughly. */
  private static final int COMMAND_SIZE = 1024;

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

  private static final Status OUT_OF_MEMORY =
      Status.unavailable("the connection ended: this process ran out of memory");

  private final Role role;
  private final Command.Closed outOfMemory = new Command.Closed(OUT_OF_MEMORY);
  private final AtomicInteger moot = new AtomicInteger();
  private volatile State state = State.LOOP;

  /** Set by the last holder of the role, which the loop has from then on. */
  private volatile boolean unfinished;

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
      try {
        Thread.yield(); // the role is not held here: anyone may take it meanwhile
      } catch (OutOfMemoryError e) { // of the thread's stack: what was put is looked after still
      }
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
      if (!closesHead(t)) {
        return false;
      }
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
    waitFor(next);
    return false;
  }

  private void waitFor(State next) {
    try {
      if (next == State.SOCKET) {
        role.awaitWritable();
      } else {
        role.resumeOnLoop();
      }
    } catch (Throwable t) { // memory ran out: nobody would go on
      if (closeHead(t)) {
        end();
      }
    }
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

  /**
   * Something that was put is of no use any more: its call has ended. While the socket takes
   * nothing, the caller clears such things away once there are many, so that calls that end at a
   * peer that does not read leave nothing behind. Any thread.
   *
   * @param bytes of messages that wait
   */
  public void becameMoot(int bytes) {
    if (state == State.SOCKET
        && moot.addAndGet(COMMAND_SIZE + Math.clamp(bytes, 0, MAX_MOOT)) >= MAX_MOOT) {
      sweep();
    }
  }

  private void sweep() {
    if (!STATE.compareAndSet(this, State.SOCKET, State.HELD)) {
      return; // the socket takes more, or another sweeps
    }
    moot.set(0);
    try {
      role.sweep();
    } catch (Throwable t) {
      if (!closesHead(t)) {
        return;
      }
    }
    state = State.SOCKET; // what wakes the loop for the socket is still armed
    if (head instanceof Command.Closed) {
      end();
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

  /**
   * Closes for this cause unless closed already; the wire follows as soon as the role is free.
   * Throws nothing: what there is no memory for is done later.
   */
  public void close(Status cause) {
    if (closeHead(closedBy(cause))) {
      end();
    }
  }

  private Command.Closed closedBy(Status cause) {
    try {
      return new Command.Closed(cause);
    } catch (OutOfMemoryError e) {
      return outOfMemory;
    }
  }

  /** Under the role; {@return false if that could not be done now: the loop has the role then} */
  private boolean closesHead(Throwable thrown) {
    try {
      closeHead(thrown);
      return true;
    } catch (Throwable again) { // memory ran out in the JVM's own linkage, say
      unfinished = true;
      role.goOnEndingLater();
      return false;
    }
  }

  /** Closes head because of what was thrown; {@return whether it was not closed before}. */
  private boolean closeHead(Throwable thrown) {
    Command.Closed closed;
    try {
      closed = new Command.Closed(role.failure(thrown));
    } catch (Throwable again) { // no memory to say so, either
      closed = outOfMemory;
    }
    return closeHead(closed);
  }

  private boolean closeHead(Command.Closed closed) {
    Command h;
    do {
      h = head;
      if (h instanceof Command.Closed) {
        return false;
      }
      closed.rest = h;
    } while (!HEAD.compareAndSet(this, h, (Command) closed)); // linked as put() has it
    return true;
  }

  /** What follows once head is closed, for whoever has closed it and does not hold the role. */
  private void end() {
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

  /** Under the role, which is kept for good. */
  private void finish(Command.Closed closed) {
    try {
      finishAll(closed);
    } catch (Throwable t) { // memory ran out
      unfinished = true;
      role.goOnEndingLater();
    }
  }

  private void finishAll(Command.Closed closed) {
    closed.failRest();
    role.finish(closed.cause());
    state = State.DEAD;
  }

  /**
   * Goes on with an end for which there was no memory; throws if there is none still. Loop only.
   */
  public void goOnEnding() {
    if (unfinished) {
      closeHead(outOfMemory); // unless it is
      if (head instanceof Command.Closed closed) {
        finishAll(closed);
        unfinished = false;
      }
    }
  }

  /** {@return why it was closed; null while it is open} */
  public @Nullable Status closedBy() {
    return head instanceof Command.Closed closed ? closed.cause() : null;
  }
}
