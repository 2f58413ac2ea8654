package grpc.spi.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Turns messages of one type into bytes and back. Shared by all threads, so yours has no state. It
 * runs on the thread of the caller or handler, or on the connection's reader for inline handlers:
 * do no I/O. If it throws or returns null, the call ends with INTERNAL. The other side sees only
 * {@link #messageName}; this side's log and callers see the exception.
 *
 * @param <T> the message
 */
public interface Marshaller<T> {
  /**
   * {@return the message's bytes, from position to limit} The caller owns the buffer and may change
   * it: do not keep it, and do not return one that you keep.
   */
  ByteBuffer marshal(T message);

  /**
   * {@return the message}
   *
   * @param bytes all of its bytes, from position to limit. You may keep them, with the array
   *     behind. Throw if they are not a message of this type
   */
  T unmarshal(ByteBuffer bytes);

  /**
   * {@return the message's name on both sides, such as {@code acme.HelloRequest}; empty if it has
   * none} The kernel asks for it when a message cannot be read, for the status of the call.
   */
  default Optional<String> messageName() {
    return Optional.empty();
  }
}
