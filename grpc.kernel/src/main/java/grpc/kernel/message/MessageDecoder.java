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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** From a message of the transport to one of the application. */
public final class MessageDecoder {
  private MessageDecoder() {}

  /**
   * {@return the message, decompressed and unmarshalled}
   *
   * @param compressor that of the stream's encoding; null for identity
   * @param limit the most bytes it may have, uncompressed
   * @param observer hears of its size
   * @throws StatusException INTERNAL when it cannot be read, RESOURCE_EXHAUSTED when it is over the
   *     limit
   */
  @SuppressWarnings("ReferenceEquality") // NONE is one object
  public static <T> T decode(
      Marshaller<T> marshaller,
      Message message,
      @Nullable Compressor compressor,
      int limit,
      CallObserver observer) {
    ByteBuffer bytes = message.payload();
    int wireBytes = bytes.remaining();
    if (message.compressed()) {
      if (compressor == null) {
        throw Status.internal(
                "a message is flagged as compressed but the stream's grpc-encoding is identity")
            .asException();
      }
      bytes = decompress(compressor, bytes, limit);
    } else if (bytes.remaining() > limit) {
      throw tooLarge("%d bytes".formatted(bytes.remaining()), limit);
    }
    if (observer != CallObserver.NONE) {
      observer.messageReceived(bytes.remaining(), wireBytes);
    }
    try {
      return marshaller.unmarshal(bytes);
    } catch (RuntimeException | LinkageError e) {
      throw new StatusException(
          Status.internal(
              "cannot unmarshal a message of %d bytes: %s"
                  .formatted(
                      bytes.limit(), PluginFailure.of("marshaller", marshaller, e).getMessage())),
          Metadata.EMPTY,
          e);
    }
  }

  private static ByteBuffer decompress(Compressor compressor, ByteBuffer bytes, int limit) {
    byte[] inflated;
    try (InputStream stream = compressor.decompress(source(bytes))) {
      // one byte beyond the limit tells a message that is over it from one that just fits
      inflated = stream.readNBytes(limit == Integer.MAX_VALUE ? limit : limit + 1);
    } catch (IOException e) {
      throw new StatusException(
          Status.internal("corrupt " + compressor.encoding() + " data: " + Reason.of(e)),
          Metadata.EMPTY,
          e);
    } catch (RuntimeException | LinkageError e) {
      throw PluginFailure.of("compressor", compressor, e).status().asException();
    }
    if (inflated.length > limit) {
      throw tooLarge("more than %d bytes once decompressed".formatted(limit), limit);
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

  private static StatusException tooLarge(String size, int limit) {
    return Status.resourceExhausted(
            "message received: %s (expected: at most %d; raise maxReceiveMessageSize)"
                .formatted(size, limit))
        .asException();
  }
}
