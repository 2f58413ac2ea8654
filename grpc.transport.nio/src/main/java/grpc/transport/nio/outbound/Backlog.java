package grpc.transport.nio.outbound;

import grpc.api.Status;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The commands that were taken from the outbox and are not yet encoded, oldest first. */
final class Backlog {
  private @Nullable Command first;
  private @Nullable Command last;

  /** Adds a chain, oldest first. */
  void append(@Nullable Command chain) {
    if (chain == null) {
      return;
    }
    Command before = last;
    if (before == null) {
      first = chain;
    } else {
      before.next = chain;
    }
    Command tail = chain;
    for (Command c = chain; c != null; c = c.next) {
      tail = c;
    }
    last = tail;
  }

  /** {@return the oldest, without removing it; null when there is none} */
  @Nullable Command peek() {
    return first;
  }

  /**
   * Removes the oldest. The caller gives the next one, read before the oldest was encoded and
   * perhaps queued.
   */
  void remove(@Nullable Command following) {
    first = following;
    if (following == null) {
      last = null;
    }
  }

  /** Removes the commands that match the predicate; asks for each once, the oldest first. */
  void removeIf(Predicate<Command> condition) {
    Command kept = null;
    Command c = first;
    first = null;
    while (c != null) {
      Command following = c.next;
      if (!condition.test(c)) {
        if (kept == null) {
          first = c;
        } else {
          kept.next = c;
        }
        kept = c;
      }
      c = following;
    }
    if (kept != null) {
      kept.next = null;
    }
    last = kept;
  }

  /** Fails all; may be called again if it throws. */
  void fail(Status cause) {
    for (Command c = first; c != null; c = first) {
      c.fail(cause);
      remove(c.next);
    }
  }
}
