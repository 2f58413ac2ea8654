package grpc.kernel.retry;

import grpc.spi.transport.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call has sent, kept until it cannot be wanted again. Thread-safe. */
public final class RetryBuffer {
  private final RetryBudget budget;
  private final List<Message> messages = new ArrayList<>();
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
    return index < messages.size() ? copy(messages.get(index)) : null;
  }

  /** {@return a copy of the whole request where it is a single message, else null} */
  public synchronized @Nullable Message whole() {
    return halfClosed && messages.size() == 1 ? copy(messages.getFirst()) : null;
  }

  private static Message copy(Message message) {
    return new Message(message.compressed(), message.payload().duplicate());
  }

  /** {@return whether the request ends before this index} */
  public synchronized boolean endsAt(int index) {
    return halfClosed && index >= messages.size();
  }

  /** The call is committed: what is kept counts no more, though it may still have to be sent. */
  public synchronized void release() {
    if (!released) {
      released = true;
      budget.give(bytes);
    }
  }

  /** Forgets the messages of a call that is committed, all of them sent. */
  public synchronized void forget() {
    messages.clear();
  }
}
