package grpc.api;

import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The responses of a call, read by one thread at a time. Iteration ends when the call ends with OK
 * and throws a {@link StatusException} when it ends otherwise. Closing it before the end cancels
 * the call.
 *
 * @param <R> the response message
 */
public interface ServerStreamingCall<R> extends Iterable<R>, AutoCloseable {
  /**
   * Waits for the response headers.
   *
   * @return the headers; empty if the server answered with trailers only
   * @throws StatusException when the call failed before its headers arrived
   */
  Metadata headers();

  /**
   * Waits for the next message.
   *
   * @return the message, or empty once the call has ended with OK
   * @throws StatusException when the call has ended otherwise
   */
  Optional<R> receive();

  /**
   * Waits for the end of the call, and drops messages not yet read.
   *
   * @return the trailers
   * @throws StatusException when the call has ended with a status other than OK
   */
  Metadata trailers();

  /**
   * Ends the call with CANCELLED on both sides, unless it has ended already.
   *
   * @param reason for logs and for this side's exceptions
   */
  void cancel(String reason);

  /** Cancels the call unless it has ended. */
  @Override
  default void close() {
    cancel("closed by the client before the call had ended");
  }

  /** {@return an iterator over the messages not yet read} A call has one reading position. */
  @Override
  default Iterator<R> iterator() {
    return new ReceivingIterator<>(this::receive);
  }

  /**
   * {@return the messages not yet read, as a sequential stream} If the stream may stop early, use
   * it with try-with-resources: closing it closes the call, and cancels a call that has not ended.
   * Its terminal operation throws a {@link StatusException} when the call fails.
   */
  default Stream<R> stream() {
    var messages =
        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(messages, false).onClose(this::close);
  }
}
