package grpc.codec.protobuf;

import com.google.protobuf.Internal;
import com.google.protobuf.MessageLite;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;

/** The codec named {@code proto}, for classes that protoc generates. */
public final class ProtoCodec implements Codec {
  /** For {@link java.util.ServiceLoader}. */
  public ProtoCodec() {}

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
    return new ProtoMarshaller<>(type, defaultInstance(type.asSubclass(MessageLite.class)));
  }

  /**
   * protobuf-java itself looks it up, so that a module which exports its messages to
   * com.google.protobuf alone can be served.
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
