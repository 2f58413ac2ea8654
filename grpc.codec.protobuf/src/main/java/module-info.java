import org.jspecify.annotations.NullMarked;

/**
 * The {@code proto} codec: messages that protoc generates, by protobuf-java; and the rich status,
 * with protobuf messages as details.
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
