import grpc.codec.deflate.DeflateCompressor;
import grpc.spi.codec.Compressor;
import org.jspecify.annotations.NullMarked;

/** The {@code deflate} message compression, on the JDK's own deflater. */
@NullMarked
module grpc.codec.deflate {
  requires static org.jspecify;
  requires grpc.spi;

  provides Compressor with
      DeflateCompressor;
}
