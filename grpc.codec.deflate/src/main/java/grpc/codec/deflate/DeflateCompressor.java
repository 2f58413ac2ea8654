package grpc.codec.deflate;

import grpc.spi.codec.Compressor;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Compresses each message in the zlib format (RFC 1950), which HTTP and gRPC call {@code deflate}:
 * some 12 bytes less per message than gzip. The default level is 6. To choose another, give a
 * compressor to the runtime of your channel or server; it replaces the discovered one:
 *
 * {@snippet :
 * GrpcRuntime.builder().layer(ModuleLayer.boot()).add(DeflateCompressor.ofLevel(1)).build();
 * }
 */
public final class DeflateCompressor implements Compressor {
  private final int level;

  private DeflateCompressor(int level) {
    this.level = level;
  }

  /** Compresses at level 6; for the service loader. */
  public DeflateCompressor() {
    this(Deflater.DEFAULT_COMPRESSION);
  }

  /**
   * {@return a compressor of this level} It reads messages of every level.
   *
   * @param level from 1, the fastest, to 9, the smallest messages
   * @throws IllegalArgumentException if it is another number
   */
  public static DeflateCompressor ofLevel(int level) {
    if (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION) {
      throw new IllegalArgumentException("deflate level: " + level + " (expected: 1 to 9)");
    }
    return new DeflateCompressor(level);
  }

  /** A stream with a deflater of its own; closing the stream ends the deflater. */
  private static final class Leveled extends DeflaterOutputStream {
    Leveled(OutputStream sink, int level) {
      super(sink);
      def.setLevel(level);
    }
  }

  @Override
  public String encoding() {
    return "deflate";
  }

  @Override
  public OutputStream compress(OutputStream sink) {
    return new Leveled(sink, level);
  }

  @Override
  public InputStream decompress(InputStream source) {
    return new ZlibData(source);
  }
}
