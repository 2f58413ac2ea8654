package grpc.codec.protobuf;

import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.MessageLite;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import grpc.spi.codec.Marshaller;
import grpc.spi.failure.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Writes into an array of exactly the message's size, and parses in place: {@code bytes} fields of
 * a parsed message are views of the buffer's array and keep it alive.
 */
final class ProtoMarshaller<T> implements Marshaller<T> {
  private final Class<T> type;
  private final MessageLite defaultInstance;
  private final Parser<? extends MessageLite> parser;
  private final ExtensionRegistryLite extensions;

  ProtoMarshaller(Class<T> type, MessageLite defaultInstance, ExtensionRegistryLite extensions) {
    this.type = type;
    this.defaultInstance = defaultInstance;
    this.extensions = extensions;
    this.parser = defaultInstance.getParserForType();
  }

  @Override
  public ByteBuffer marshal(T message) {
    return ByteBuffer.wrap(((MessageLite) message).toByteArray());
  }

  @Override
  public T unmarshal(ByteBuffer bytes) {
    try {
      var input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      input.enableAliasing(true);
      var message = parser.parseFrom(input, extensions);
      input.checkLastTagWas(0); // an end-group tag must not count as the end
      return type.cast(message);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%d bytes are no %s: %s".formatted(bytes.remaining(), type.getName(), Reason.of(e)), e);
    }
  }

  /** {@return the name in the .proto file; empty for lite messages, which have no descriptor} */
  @Override
  public Optional<String> messageName() {
    return defaultInstance instanceof MessageOrBuilder full
        ? Optional.of(full.getDescriptorForType().getFullName())
        : Optional.empty();
  }
}
