package grpc.codec.protobuf;

import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.Internal;
import com.google.protobuf.MessageLite;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import java.util.Objects;

/**
 * The codec named {@code proto}, for classes that protoc generates.
 *
 * <p>It reads extensions as unknown fields, unless its registry has them. To read them in all
 * channels and servers of a runtime, add a codec with a registry; it replaces the discovered one:
 *
 * <pre>{@code
 * var registry = ExtensionRegistry.newInstance();
 * AcmeProto.registerAllExtensions(registry);
 * var runtime =
 *     GrpcRuntime.builder().layer(ModuleLayer.boot()).add(new ProtoCodec(registry)).build();
 * var channel = GrpcChannel.builder(target, ChannelCredentials.plaintext()).runtime(runtime).open();
 * }</pre>
 *
 * To write extensions you need no registry.
 */
public final class ProtoCodec implements Codec {
  private final ExtensionRegistryLite extensions;

  /** For {@link java.util.ServiceLoader}: a codec without extensions. */
  public ProtoCodec() {
    this(ExtensionRegistryLite.getEmptyRegistry());
  }

  /**
   * A codec that reads these extensions, in messages and in nested messages.
   *
   * @param extensions the known extensions; for classes of protobuf's full runtime an {@link
   *     com.google.protobuf.ExtensionRegistry}. All threads that receive messages read it: do not
   *     add to it once the codec is in use
   */
  public ProtoCodec(ExtensionRegistryLite extensions) {
    this.extensions = Objects.requireNonNull(extensions, "extensions");
  }

  @Override
  public String name() {
    return "proto";
  }

  @Override
  public <T> Marshaller<T> marshaller(Class<T> type) {
    if (!MessageLite.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "codec proto cannot carry %s (expected: a class that protoc generated)"
              .formatted(type.getName()));
    }
    return new ProtoMarshaller<>(
        type, defaultInstance(type.asSubclass(MessageLite.class)), extensions);
  }

  /**
   * protobuf-java itself looks it up, so that a module may export its messages to
   * com.google.protobuf alone.
   */
  private static <M extends MessageLite> M defaultInstance(Class<M> type) {
    try {
      return Internal.getDefaultInstance(type);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          ("codec proto cannot make a %s (expected: a class that protoc generated, in a package"
                  + " that its module exports, at least to com.google.protobuf)")
              .formatted(type.getName()),
          e);
    }
  }
}
