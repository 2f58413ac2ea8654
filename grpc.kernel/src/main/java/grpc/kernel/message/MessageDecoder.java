package grpc.kernel.message;

import grpc.api.Status;
import grpc.api.StatusException;
import grpc.spi.codec.Compressor;
import grpc.spi.codec.Marshaller;
import grpc.spi.observe.CallObserver;
import grpc.spi.transport.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a message of the transport to one of the application. */
public final class MessageDecoder {
  private MessageDecoder() {}

  /**
   * {@return the message, decompressed and unmarshalled}
   *
   * @param compressor that of the stream's encoding; null for identity
   * @param limit the most bytes it may have, uncompressed
   * @param observer gets its size
   * @param side the side that receives it
   * @throws StatusException INTERNAL when it cannot be read, RESOURCE_EXHAUSTED when it is over the
   *     limit
   */
  @SuppressWarnings("ReferenceEquality") // NONE is one object
  public static <T> T decode(
      Marshaller<T> marshaller,
      Message message,
      @Nullable Compressor compressor,
      int limit,
      CallObserver observer,
      Side side) {
    ByteBuffer bytes = message.payload();
    int wireBytes = bytes.remaining();
    if (message.compressed()) {
      if (compressor == null) {
        throw Status.internal(
                "a message is flagged as compressed but the stream's grpc-encoding is identity")
            .asException();
      }
      bytes = decompress(compressor, bytes, limit, side);
    } else if (bytes.remaining() > limit) {
      throw side.receivedTooLarge(bytes.remaining() + " bytes", limit);
    }
    if (observer != CallObserver.NONE) {
      observer.messageReceived(bytes.remaining(), wireBytes);
    }
    try {
      return Objects.requireNonNull(
          marshaller.unmarshal(bytes), "its message (expected: what the bytes say)");
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw side.failed("cannot parse " + MessageNames.of(marshaller), "marshaller", marshaller, e);
    }
  }

  private static ByteBuffer decompress(
      Compressor compressor, ByteBuffer bytes, int limit, Side side) {
    byte[] inflated;
    try (InputStream stream = compressor.decompress(source(bytes))) {
      // one byte beyond the limit shows a message that is over it
      inflated = stream.readNBytes(limit == Integer.MAX_VALUE ? limit : limit + 1);
    } catch (IOException e) {
      throw side.failed("corrupt " + compressor.encoding() + " data", e);
    } catch (RuntimeException | LinkageError e) {
      throw side.failed("cannot decompress a message", "compressor", compressor, e);
    }
    if (inflated.length > limit) {
      throw side.receivedTooLarge("more than %d bytes once decompressed".formatted(limit), limit);
    }
    return ByteBuffer.wrap(inflated);
  }

  private static InputStream source(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      return new ByteArrayInputStream(
          bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
    var copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new ByteArrayInputStream(copy);
  }
}
