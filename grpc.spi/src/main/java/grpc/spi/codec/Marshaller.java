package grpc.spi.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Turns messages of one type into bytes and back. Shared by all threads, so yours has no state. It
 * runs on the thread of the caller or handler, or on the connection's reader for inline handlers:
 * do no I/O. If it throws or returns null, the call ends with INTERNAL. The other side learns
 * {@link #messageName} and no more; this side's log and callers learn what was thrown.
 *
 * @param <T> the message
 */
public interface Marshaller<T> {
  /**
   * {@return the message's bytes, from position to limit} The caller owns the buffer and may change
   * it: do not keep it, and do not return one that you have elsewhere.
   */
  ByteBuffer marshal(T message);

  /**
   * {@return the message}
   *
   * @param bytes all of its bytes, from position to limit; yours to keep, with the array behind.
   *     Throw if they are no such message
   */
  T unmarshal(ByteBuffer bytes);

  /**
   * {@return what both sides call the message, such as {@code acme.HelloRequest}, for the status of
   * a call whose message cannot be read; empty where it has no such name} Asked for then only.
   */
  default Optional<String> messageName() {
    return Optional.empty();
  }
}
