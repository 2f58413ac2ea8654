package grpc.spi.codec;

import java.nio.ByteBuffer;

/**
 * Turns messages of one type into bytes and back. Stateless, shared by all threads. Whatever it
 * throws ends the call with INTERNAL.
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
}
