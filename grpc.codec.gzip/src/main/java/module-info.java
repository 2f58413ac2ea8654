import grpc.codec.gzip.GzipCompressor;
import grpc.spi.codec.Compressor;
import org.jspecify.annotations.NullMarked;

/** The {@code gzip} message compression, on the JDK's own deflater. */
@NullMarked
module grpc.codec.gzip {
  requires static org.jspecify;
  requires transitive grpc.spi; // applications make a compressor, too

  exports grpc.codec.gzip;

  provides Compressor with
      GzipCompressor;
}
