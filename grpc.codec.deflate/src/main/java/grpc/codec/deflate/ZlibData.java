package grpc.codec.deflate;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Reads zlib data (RFC 1950 §2.2) to the end of its source, and refuses bytes behind it, which
 * {@link InflaterInputStream} ignores. Not thread-safe.
 */
final class ZlibData extends InflaterInputStream {
  private boolean whole;

  /** Does not read yet. */
  ZlibData(InputStream source) {
    super(source);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (count < 0 && !whole) {
      if (inf.getRemaining() > 0 || in.read() >= 0) {
        throw new ZipException("bytes behind the end of the deflate data (expected: its end)");
      }
      whole = true;
    }
    return count;
  }
}
