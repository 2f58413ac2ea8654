import org.jspecify.annotations.NullMarked;

/**
 * The {@code proto} codec: messages that protoc generates, carried by protobuf-java; and the rich
 * status that protobuf messages travel in.
 */
@NullMarked
module grpc.codec.protobuf {
  requires static org.jspecify;
  requires transitive com.google.protobuf; // an automatic module: an image must make it explicit
  requires transitive grpc.spi;

  exports grpc.codec.protobuf;
  exports grpc.codec.protobuf.rpc;

  provides grpc.spi.codec.Codec with
      grpc.codec.protobuf.ProtoCodec;
}
