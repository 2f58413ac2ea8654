package grpc.transport.nio.outbound;

import grpc.api.Status;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The queue of commands to write, and the hand-over of the writer role between threads. Any thread
 * may {@link #put}. The thread that finds the role free takes it and writes for all.
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
 * put or close is a CAS on head followed by a read of state, so that at least one of the two sees a
 * command. The holder of the role never parks, yields, locks or runs application code.
 * docs/concurrency.md has all ten invariants.
 */
public final class Outbox {
  /** The state of the writer role. */
  enum State {
    /** The role is free. */
    FREE,
    /** A thread is writing. */
    HELD,
    /** Waits until the socket takes more. */
    SOCKET,
    /** Handed to the loop; the state also before the connection is set up. */
    LOOP,
    /** Closed; no more is written. */
    DEAD
  }

  /** The outcome of writing. */
  enum Outcome {
    /** Everything is written. */
    DONE,
    /** The socket took only a part. */
    SHORT,
    /** The turn's budget is used up; there may be more. */
    BUDGET
  }

  /** The work of the role; only its holder calls it. */
  interface Role {
    /** Encodes and writes the commands that are there. */
    Outcome drain() throws Exception;

    /** {@return the status of the remaining streams when {@link #drain} has thrown this} */
    Status failure(Throwable thrown);

    /** Drops obsolete commands, and writes none. */
    void sweep();

    /**
     * Fails all commands that are not written and closes the wire. Called last. If it throws, it is
     * called again and goes on.
     */
    void finish(Status cause);

    /** Asks the loop to call {@link Outbox#goOnEnding} until it does not throw. Takes no memory. */
    void goOnEndingLater();

    /** Asks the loop to call {@link Outbox#onWritable} when the socket takes more. */
    void awaitWritable();

    /** Ends the wait for the socket. */
    void writableSeen();

    /** Asks the loop to call {@link Outbox#resume}. */
    void resumeOnLoop();

    /** {@return whether the current thread is the loop, inside a read pass that ends in a drain} */
    boolean insideReadPass();

    /** {@return whether other calls are likely to put a command soon} */
    boolean othersInFlight();
  }

  /** The most bytes of obsolete commands that may wait for a socket that takes no bytes. */
  private static final int MAX_OBSOLETE = 256 * 1024;

  /** The rough size of a command and its call without the message, in bytes. */
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
  private final AtomicInteger obsolete = new AtomicInteger();
  private volatile State state = State.LOOP;

  /** Set by the last holder of the role; from then on the loop holds it. */
  private volatile boolean unfinished;

  /** Null, a chain with the newest first, or {@link Command.Closed}, which stays. */
  private volatile @Nullable Command head;

  /** An outbox that the loop holds until its first {@link #resume}. */
  Outbox(Role role) {
    this.role = role;
  }

  /**
   * Puts a command.
   *
   * @return false when the connection has closed; then the command is dropped and not failed
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
        return true; // the thread that pushes onto the empty stack is elected to write
      }
      try {
        Thread.yield(); // this thread does not hold the role: another may take it meanwhile
      } catch (OutOfMemoryError e) { // no memory to yield: goes on
      }
    }
    tryDrain();
    return true;
  }

  /**
   * Takes the role if it is free and there is a command to write; checks again after giving it up.
   */
  private void tryDrain() {
    while (head != null && STATE.compareAndSet(this, State.FREE, State.HELD)) {
      if (!runRole()) {
        return;
      }
    }
  }

  /** Ends a read pass: writes the commands put during it. Loop only. */
  public void endReadPass() {
    tryDrain();
  }

  /** {@return true when the role was given up as FREE, so that the caller must read head again} */
  private boolean runRole() {
    Outcome outcome = Outcome.DONE;
    try {
      outcome = role.drain();
    } catch (Throwable t) { // never in the handler that happens to write
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
    } catch (Throwable t) { // memory ran out: no other thread would go on
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
   * A command that was put has become obsolete: its call has ended. While the socket takes no
   * bytes, the caller drops such commands once there are many, so that calls to a peer that does
   * not read leave no memory behind. Any thread.
   *
   * @param bytes the bytes of messages that wait
   */
  public void becameObsolete(int bytes) {
    if (state == State.SOCKET
        && obsolete.addAndGet(COMMAND_SIZE + Math.clamp(bytes, 0, MAX_OBSOLETE)) >= MAX_OBSOLETE) {
      sweep();
    }
  }

  private void sweep() {
    if (!STATE.compareAndSet(this, State.SOCKET, State.HELD)) {
      return; // the socket takes more, or another thread sweeps
    }
    obsolete.set(0);
    try {
      role.sweep();
    } catch (Throwable t) {
      if (!closesHead(t)) {
        return;
      }
    }
    state = State.SOCKET; // the wake-up of the loop for the socket is still armed
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
   * Closes for this cause unless closed already; the wire closes as soon as the role is free. Does
   * not throw: if memory runs out, the loop does the rest later.
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

  /**
   * Ends the outbox, under the role. {@return false if it could not be done now; then the loop
   * holds the role}
   */
  private boolean closesHead(Throwable thrown) {
    try {
      closeHead(thrown);
      return true;
    } catch (Throwable again) { // memory ran out, for example in the JVM's own linkage
      unfinished = true;
      role.goOnEndingLater();
      return false;
    }
  }

  /** Closes head because of this failure; {@return whether it was open before}. */
  private boolean closeHead(Throwable thrown) {
    Command.Closed closed;
    try {
      closed = new Command.Closed(role.failure(thrown));
    } catch (Throwable again) { // no memory for the message, either
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
    } while (!HEAD.compareAndSet(this, h, (Command) closed)); // linked the same way as in put()
    return true;
  }

  /** Goes on after closing head, for a thread that does not hold the role. */
  private void end() {
    while (true) {
      State s = state;
      if (s == State.HELD || s == State.DEAD) {
        return; // the holder reads head before it gives up
      }
      if (STATE.compareAndSet(this, s, State.HELD)) {
        if (head instanceof Command.Closed closed) {
          finish(closed);
        }
        return;
      }
    }
  }

  /** Under the role, which is never given up again. */
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

  /** Goes on with an end that ran out of memory; throws if there is still none. Loop only. */
  public void goOnEnding() {
    if (unfinished) {
      closeHead(outOfMemory); // unless it is
      if (head instanceof Command.Closed closed) {
        finishAll(closed);
        unfinished = false;
      }
    }
  }

  /** {@return the cause of the close; null while it is open} */
  public @Nullable Status closedBy() {
    return head instanceof Command.Closed closed ? closed.cause() : null;
  }
}
