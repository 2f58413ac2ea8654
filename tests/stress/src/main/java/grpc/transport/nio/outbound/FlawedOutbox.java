package grpc.transport.nio.outbound;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The hand-over of {@link Outbox} in small, with one of its rules broken: what the tests of the
 * real one would find if it broke that rule. It counts what is written instead of writing.
 */
final class FlawedOutbox {
  /** Which rule is broken. */
  enum Flaw {
    /** None: what is seen with the others is their doing. */
    NONE,
    /** Head is not looked at again after the role was given up (the first invariant). */
    NO_SECOND_LOOK,
    /** All is taken by one exchange, which erases that the outbox was closed meanwhile. */
    TAKE_BY_EXCHANGE,
    /** The wait for the socket is ended after the role was given up (the sixth invariant). */
    DISARM_AFTER_RELEASE
  }

  private enum State {
    FREE,
    HELD,
    SOCKET,
    DEAD
  }

  private record Letter(int index, Letter next) {}

  private static final Letter NONE = new Letter(-1, null);
  private static final Letter CLOSED = new Letter(-2, null);

  private final Flaw flaw;
  private final AtomicReference<State> state = new AtomicReference<>(State.FREE);
  private final AtomicReference<Letter> head = new AtomicReference<>(NONE);
  private final int[] framed = new int[2];
  private final AtomicInteger finishes = new AtomicInteger();
  private int room;
  private volatile boolean armed;

  /** An outbox whose socket takes so many letters before a write is short. */
  FlawedOutbox(Flaw flaw, int room) {
    this.flaw = flaw;
    this.room = room;
  }

  void put(int index) {
    Letter h;
    do {
      h = head.get();
      if (h == CLOSED) {
        return;
      }
    } while (!head.compareAndSet(h, new Letter(index, h)));
    tryDrain();
  }

  private void tryDrain() {
    while (head.get() != NONE && state.compareAndSet(State.FREE, State.HELD)) {
      if (!runRole() || flaw == Flaw.NO_SECOND_LOOK) {
        return;
      }
    }
  }

  /** {@return whether the role is free} */
  private boolean runRole() {
    boolean allWritten = drain();
    if (head.get() == CLOSED) {
      finish();
      return false;
    }
    State next = allWritten ? State.FREE : State.SOCKET;
    state.set(next);
    if (next == State.SOCKET) {
      if (head.get() == CLOSED && state.compareAndSet(next, State.HELD)) {
        finish();
      } else {
        armed = true;
      }
    }
    return next == State.FREE;
  }

  private boolean drain() {
    Letter all = takeAll();
    boolean hadRoom = true;
    for (Letter letter = all; letter.index >= 0; letter = letter.next) {
      hadRoom &= room-- > 0;
      framed[letter.index]++; // a short write keeps the rest in its buffer
    }
    return hadRoom;
  }

  private Letter takeAll() {
    if (flaw == Flaw.TAKE_BY_EXCHANGE) {
      return head.getAndSet(NONE);
    }
    Letter h;
    do {
      h = head.get();
      if (h == CLOSED) {
        return NONE;
      }
    } while (!head.compareAndSet(h, NONE));
    return h;
  }

  void onWritable() {
    if (!state.compareAndSet(State.SOCKET, State.HELD)) {
      return;
    }
    if (flaw != Flaw.DISARM_AFTER_RELEASE) {
      armed = false;
    }
    boolean free = runRole();
    if (flaw == Flaw.DISARM_AFTER_RELEASE) {
      armed = false;
    }
    if (free) {
      tryDrain();
    }
  }

  void close() {
    if (head.getAndSet(CLOSED) == CLOSED) {
      return;
    }
    while (true) {
      State s = state.get();
      if (s == State.HELD || s == State.DEAD) {
        return;
      }
      if (state.compareAndSet(s, State.HELD)) {
        finish();
        return;
      }
    }
  }

  private void finish() {
    finishes.incrementAndGet();
    state.set(State.DEAD);
  }

  int framed(int index) {
    return framed[index];
  }

  int finishes() {
    return finishes.get();
  }

  /** {@return whether it waits for a socket that nobody looks at} */
  boolean isStuck() {
    return state.get() == State.SOCKET && !armed;
  }
}
