package grpc.kernel.retry;

import grpc.spi.transport.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a call has sent, kept as long as another attempt may need them. A message keeps
 * its index when those before it are forgotten. Thread-safe.
 */
public final class RetryBuffer {
  private final RetryBudget budget;
  private final List<Message> messages = new ArrayList<>();
  private int forgotten; // how many came before those in the list
  private long bytes;
  private boolean halfClosed;
  private boolean released;

  /** Keeps nothing yet. */
  public RetryBuffer(RetryBudget budget) {
    this.budget = budget;
  }

  /**
   * Keeps a message.
   *
   * @return false when call or channel keep too much with it: the call is to be committed
   */
  public synchronized boolean add(Message message) {
    messages.add(message);
    if (released) {
      return true;
    }
    int size = message.payload().remaining();
    bytes += size;
    return budget.take(size, bytes);
  }

  /** No more messages will follow. */
  public synchronized void halfClose() {
    halfClosed = true;
  }

  /** {@return a copy of the message at this index that may be given away, or null} */
  public synchronized @Nullable Message at(int index) {
    int place = index - forgotten;
    return place >= 0 && place < messages.size() ? copy(messages.get(place)) : null;
  }

  /** {@return a copy of the whole request where it is a single message, else null} */
  public synchronized @Nullable Message whole() {
    return halfClosed && forgotten == 0 && messages.size() == 1 ? copy(messages.getFirst()) : null;
  }

  private static Message copy(Message message) {
    return new Message(message.compressed(), message.payload().duplicate());
  }

  /** {@return whether the request ends before this index} */
  public synchronized boolean endsAt(int index) {
    return halfClosed && index >= forgotten + messages.size();
  }

  /** The call is committed: what is kept counts no more, though it may still have to be sent. */
  public synchronized void release() {
    if (!released) {
      released = true;
      budget.give(bytes);
    }
  }

  /**
   * Forgets messages of a call that is committed.
   *
   * @param index the first that has not been sent, and is kept
   */
  public synchronized void forget(int index) {
    int sent = Math.min(index - forgotten, messages.size());
    if (sent > 0) {
      messages.subList(0, sent).clear();
      forgotten += sent;
    }
  }
}
