package grpc.api;

import java.util.Iterator;
import java.util.Optional;

/**
 * The requests of a call as its handler reads them, by one thread at a time. Iteration ends when
 * the client half-closes.
 *
 * @param <Q> the request message
 */
public interface Requests<Q> extends Iterable<Q> {
  /**
   * Waits for the next message.
   *
   * @return the message, or empty once the client has half-closed
   * @throws StatusException when the call was cancelled or its deadline passed (CANCELLED,
   *     DEADLINE_EXCEEDED), when a message was over the limit (RESOURCE_EXHAUSTED) or could not be
   *     read (INTERNAL)
   */
  Optional<Q> receive();

  /** {@return an iterator over the messages not yet read} A call has one reading position. */
  @Override
  default Iterator<Q> iterator() {
    return new ReceivingIterator<>(this::receive);
  }
}
