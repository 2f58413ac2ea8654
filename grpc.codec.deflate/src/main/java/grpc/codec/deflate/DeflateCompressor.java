package grpc.codec.deflate;

import grpc.spi.codec.Compressor;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;

/**
 * Compresses each message in the zlib format (RFC 1950), which HTTP and gRPC call {@code deflate}:
 * some 12 bytes less a message than gzip.
 */
public final class DeflateCompressor implements Compressor {
  /** For the service loader. */
  public DeflateCompressor() {}

  @Override
  public String encoding() {
    return "deflate";
  }

  @Override
  public OutputStream compress(OutputStream sink) {
    return new DeflaterOutputStream(sink);
  }

  @Override
  public InputStream decompress(InputStream source) {
    return new ZlibData(source);
  }
}
