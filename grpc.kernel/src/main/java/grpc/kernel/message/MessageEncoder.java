package grpc.kernel.message;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.kernel.registry.PluginFailure;
import grpc.spi.codec.Compressor;
import grpc.spi.codec.Marshaller;
import grpc.spi.failure.Reason;
import grpc.spi.observe.CallObserver;
import grpc.spi.transport.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** From a message of the application to one of the transport. */
public final class MessageEncoder {
  private MessageEncoder() {}

  /**
   * {@return the message, marshalled and compressed}
   *
   * @param compressor null for none; empty messages are never compressed
   * @param limit the most bytes it may have, uncompressed
   * @param observer hears of its size
   * @throws StatusException INTERNAL when it cannot be marshalled, RESOURCE_EXHAUSTED when it is
   *     over the limit
   */
  @SuppressWarnings("ReferenceEquality") // NONE is one object
  public static <T> Message encode(
      Marshaller<T> marshaller,
      T message,
      @Nullable Compressor compressor,
      int limit,
      CallObserver observer) {
    ByteBuffer bytes;
    try {
      bytes = marshaller.marshal(message);
    } catch (RuntimeException | LinkageError e) {
      throw new StatusException(
          Status.internal(
              "cannot marshal a %s: %s"
                  .formatted(
                      message.getClass().getName(),
                      PluginFailure.of("marshaller", marshaller, e).getMessage())),
          Metadata.EMPTY,
          e);
    }
    int size = bytes.remaining();
    if (size > limit) {
      throw Status.resourceExhausted(
              "message to send: %d bytes (expected: at most %d; raise maxSendMessageSize)"
                  .formatted(size, limit))
          .asException();
    }
    var encoded =
        compressor == null || size == 0
            ? new Message(false, bytes)
            : new Message(true, compress(compressor, bytes));
    if (observer != CallObserver.NONE) {
      observer.messageSent(size, encoded.payload().remaining());
    }
    return encoded;
  }

  private static ByteBuffer compress(Compressor compressor, ByteBuffer bytes) {
    var sink = new Sink(Math.max(64, bytes.remaining() / 2));
    try (var stream = compressor.compress(sink)) {
      if (bytes.hasArray()) {
        stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      } else {
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        stream.write(copy);
      }
    } catch (IOException e) {
      throw new StatusException(
          Status.internal("cannot compress with " + compressor.encoding() + ": " + Reason.of(e)),
          Metadata.EMPTY,
          e);
    } catch (RuntimeException | LinkageError e) {
      throw PluginFailure.of("compressor", compressor, e).status().asException();
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
