package grpc.codec.raw;

import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import java.nio.ByteBuffer;

/**
 * Carries {@code byte[]} and {@link ByteBuffer} as they are. An array is copied, so its caller may
 * use it again as soon as it is sent. A buffer is not: the caller must not change its bytes any
 * more, since they are read when the connection writes them, and again when the call is repeated.
 * Its position stays.
 */
public final class RawCodec implements Codec {
  /** For the service loader. */
  public RawCodec() {}

  @Override
  public String name() {
    return "raw";
  }

  @Override
  @SuppressWarnings("unchecked") // each branch has just seen which class T is
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

  /** The receiver may keep the array behind, so the buffer itself is the message. */
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
