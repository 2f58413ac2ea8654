package grpc.codec.gzip;

import grpc.spi.codec.Compressor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses each message as a gzip file of its own (RFC 1952). */
public final class GzipCompressor implements Compressor {
  private static final int BUFFER = 4 * 1024;

  /** For the service loader. */
  public GzipCompressor() {}

  @Override
  public String encoding() {
    return "gzip";
  }

  @Override
  public OutputStream compress(OutputStream sink) throws IOException {
    return new GZIPOutputStream(sink, BUFFER);
  }

  @Override
  public InputStream decompress(InputStream source) {
    return new GzipMembers(source, BUFFER);
  }
}
