package grpc.spi.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Turns messages of one type into bytes and back. Stateless, shared by all threads. Whatever it
 * throws ends the call with INTERNAL. The other side learns {@link #messageName} and no more: what
 * was thrown is for this side's log and callers.
 *
 * @param <T> the message
 */
public interface Marshaller<T> {
  /** {@return the message's bytes, from position to limit; the caller owns the buffer} */
  ByteBuffer marshal(T message);

  /**
   * {@return the message}
   *
   * @param bytes all of its bytes, from position to limit; the array behind may be kept
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
