package grpc.codec.raw;

import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import java.nio.ByteBuffer;

/** Carries {@code byte[]} and {@link ByteBuffer} as they are. */
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

  /** Copies nothing on the way out: a caller does not change what it has sent. */
  private record ArrayMarshaller() implements Marshaller<byte[]> {
    @Override
    public ByteBuffer marshal(byte[] message) {
      return ByteBuffer.wrap(message);
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
