package grpc.transport.inprocess;

import grpc.spi.transport.Message;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One direction of a stream: messages in order, with a quota. Guarded by the stream's monitor. */
final class MessageQueue {
  /** The most bytes to queue before a sender waits. */
  static final int QUOTA = 64 * 1024;

  /** The overhead of a message beside its bytes, so that empty messages have a limit, too. */
  private static final int OVERHEAD = 32;

  private final Queue<Message> messages = new ArrayDeque<>();
  private long queued;

  boolean isFull() {
    return queued >= QUOTA;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  void add(Message message) {
    messages.add(message);
    queued += message.payload().remaining() + OVERHEAD;
  }

  /** The oldest message, or null if there is none. */
  @Nullable Message poll() {
    var message = messages.poll();
    if (message != null) {
      queued -= message.payload().remaining() + OVERHEAD;
    }
    return message;
  }

  void clear() {
    messages.clear();
    queued = 0;
  }
}
