import grpc.codec.raw.RawCodec;
import grpc.spi.codec.Codec;
import org.jspecify.annotations.NullMarked;

/**
 * The codec {@code raw}: messages that are already bytes. For proxies, tests and formats of your
 * own.
 */
@NullMarked
module grpc.codec.raw {
  requires static org.jspecify;
  requires grpc.spi;

  provides Codec with
      RawCodec;
}
