package grpc.codec.raw;

import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import java.nio.ByteBuffer;

/**
 * Carries {@code byte[]} and {@link ByteBuffer} as they are. An array is copied, so you may use it
 * again after the send. A buffer is not copied: do not change its bytes after the send, because the
 * connection reads them when it writes, and again when the call is retried. Its position does not
 * change.
 */
public final class RawCodec implements Codec {
  /** For the service loader. */
  public RawCodec() {}

  @Override
  public String name() {
    return "raw";
  }

  @Override
  @SuppressWarnings("unchecked") // each branch has just checked the class of T
  public <T> Marshaller<T> marshaller(Class<T> type) {
    if (type == byte[].class) {
      return (Marshaller<T>) new ArrayMarshaller();
    }
    if (type == ByteBuffer.class) {
      return (Marshaller<T>) new BufferMarshaller();
    }
    throw new IllegalArgumentException(
        "codec raw cannot carry %s (expected: byte[] or java.nio.ByteBuffer)"
            .formatted(type.getTypeName()));
  }

  private record ArrayMarshaller() implements Marshaller<byte[]> {
    @Override
    public ByteBuffer marshal(byte[] message) {
      return ByteBuffer.wrap(message.clone());
    }

    @Override
    public byte[] unmarshal(ByteBuffer bytes) {
      var copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    }
  }

  /** The receiver may keep the array behind it, so the buffer itself is the message. */
  private record BufferMarshaller() implements Marshaller<ByteBuffer> {
    @Override
    public ByteBuffer marshal(ByteBuffer message) {
      return message.slice();
    }

    @Override
    public ByteBuffer unmarshal(ByteBuffer bytes) {
      return bytes;
    }
  }
}
