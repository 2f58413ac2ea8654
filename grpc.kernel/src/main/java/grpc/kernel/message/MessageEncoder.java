package grpc.kernel.message;

import grpc.api.StatusException;
import grpc.spi.codec.Compressor;
import grpc.spi.codec.Marshaller;
import grpc.spi.observe.CallObserver;
import grpc.spi.transport.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a message of the application to one of the transport. */
public final class MessageEncoder {
  private MessageEncoder() {}

  /**
   * {@return the message, marshalled and compressed}
   *
   * @param compressor null for none; empty messages are never compressed
   * @param limit the most bytes it may have, uncompressed
   * @param observer gets its size
   * @param side the side that sends it
   * @throws StatusException INTERNAL when it cannot be marshalled, RESOURCE_EXHAUSTED when it is
   *     over the limit
   */
  @SuppressWarnings("ReferenceEquality") // NONE is one object
  public static <T> Message encode(
      Marshaller<T> marshaller,
      T message,
      @Nullable Compressor compressor,
      int limit,
      CallObserver observer,
      Side side) {
    ByteBuffer bytes;
    try {
      bytes =
          Objects.requireNonNull(
              marshaller.marshal(message), "the message's bytes (expected: a ByteBuffer)");
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw side.failed(
          "cannot marshal " + MessageNames.of(marshaller), "marshaller", marshaller, e);
    }
    int size = bytes.remaining();
    if (size > limit) {
      throw side.sentTooLarge(size, limit);
    }
    var encoded =
        compressor == null || size == 0
            ? new Message(false, bytes)
            : new Message(true, compress(compressor, bytes, side));
    if (observer != CallObserver.NONE) {
      observer.messageSent(size, encoded.payload().remaining());
    }
    return encoded;
  }

  private static ByteBuffer compress(Compressor compressor, ByteBuffer bytes, Side side) {
    var sink = new Sink(Math.max(64, bytes.remaining() / 2));
    try (var stream = compressor.compress(sink)) {
      if (bytes.hasArray()) {
        stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      } else {
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        stream.write(copy);
      }
    } catch (IOException | RuntimeException | LinkageError e) { // the sink itself never throws
      throw side.failed("cannot compress a message", "compressor", compressor, e);
    }
    return sink.bytes();
  }

  /** Hands its array over uncopied. */
  private static final class Sink extends ByteArrayOutputStream {
    Sink(int size) {
      super(size);
    }

    ByteBuffer bytes() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
