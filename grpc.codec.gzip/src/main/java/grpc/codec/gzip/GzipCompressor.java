package grpc.codec.gzip;

import grpc.spi.codec.Compressor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses each message as a gzip file of its own (RFC 1952), by default at level 6. To choose
 * another, give a compressor to the runtime of your channel or server; it replaces the discovered
 * one:
 *
 * {@snippet :
 * GrpcRuntime.builder().layer(ModuleLayer.boot()).add(GzipCompressor.ofLevel(1)).build();
 * }
 */
public final class GzipCompressor implements Compressor {
  private static final int BUFFER = 4 * 1024;

  private final int level;

  private GzipCompressor(int level) {
    this.level = level;
  }

  /** Compresses at level 6; for the service loader. */
  public GzipCompressor() {
    this(Deflater.DEFAULT_COMPRESSION);
  }

  /**
   * {@return a compressor of this level} It reads messages of every level.
   *
   * @param level from 1, the fastest, to 9, the smallest messages
   * @throws IllegalArgumentException if it is another number
   */
  public static GzipCompressor ofLevel(int level) {
    if (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION) {
      throw new IllegalArgumentException("gzip level: " + level + " (expected: 1 to 9)");
    }
    return new GzipCompressor(level);
  }

  /** A stream with a deflater of its own; closing the stream ends the deflater. */
  private static final class Leveled extends GZIPOutputStream {
    Leveled(OutputStream sink, int level) throws IOException {
      super(sink, BUFFER);
      def.setLevel(level);
    }
  }

  @Override
  public String encoding() {
    return "gzip";
  }

  @Override
  public OutputStream compress(OutputStream sink) throws IOException {
    return new Leveled(sink, level);
  }

  @Override
  public InputStream decompress(InputStream source) {
    return new GzipMembers(source, BUFFER);
  }
}
