import grpc.codec.deflate.DeflateCompressor;
import grpc.spi.codec.Compressor;
import org.jspecify.annotations.NullMarked;

/** The {@code deflate} message compression, on the JDK's own deflater. */
@NullMarked
module grpc.codec.deflate {
  requires static org.jspecify;
  requires transitive grpc.spi; // applications make a compressor, too

  exports grpc.codec.deflate;

  provides Compressor with
      DeflateCompressor;
}
