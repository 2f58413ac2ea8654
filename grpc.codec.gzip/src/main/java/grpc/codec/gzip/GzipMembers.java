package grpc.codec.gzip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Reads one gzip member after another (RFC 1952 §2.2) to the end of its source, and refuses other
 * bytes there, which {@link java.util.zip.GZIPInputStream} ignores. Not thread-safe.
 */
final class GzipMembers extends InputStream {
  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;
  private static final int DEFLATE = 8;

  // the flags of §2.3.1
  private static final int HEADER_CRC = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;

  /** MTIME, XFL and OS. */
  private static final int UNUSED_BYTES = 6;

  private final InputStream source;
  private final byte[] buffer;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int at;
  private int end;
  private boolean begun;
  private boolean over;

  /** Does not read yet. */
  GzipMembers(InputStream source, int bufferSize) {
    this.source = source;
    this.buffer = new byte[bufferSize];
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!begun) {
      begun = true;
      header(required());
    }
    while (!over) {
      int count = inflate(into, offset, length);
      if (count > 0) {
        crc.update(into, offset, count);
        return count;
      }
      if (inflater.finished()) {
        at = end - inflater.getRemaining();
        trailer();
        next();
      } else if (fill()) { // the buffer is used up
        inflater.setInput(buffer, 0, end);
      } else {
        throw cutOff();
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    over = true;
    inflater.end();
    source.close();
  }

  private int inflate(byte[] into, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(into, offset, length);
    } catch (DataFormatException e) {
      var malformed = new ZipException("malformed deflate data: " + e.getMessage());
      malformed.initCause(e);
      throw malformed;
    }
  }

  private void next() throws IOException {
    if (at == end && !fill()) {
      over = true;
      return;
    }
    if ((buffer[at] & 0xFF) != MAGIC_1) {
      throw new ZipException(
          "bytes behind the end of the gzip data (expected: its end, or another gzip member)");
    }
    inflater.reset();
    header(required());
  }

  private void header(int first) throws IOException {
    crc.reset();
    crc.update(first);
    if (first != MAGIC_1 || headerByte() != MAGIC_2) {
      throw new ZipException("no gzip data (expected: the bytes 1F 8B first)");
    }
    int method = headerByte();
    if (method != DEFLATE) {
      throw new ZipException("gzip compression method " + method + " (expected: 8, deflate)");
    }
    int flags = headerByte();
    if ((flags & RESERVED) != 0) { // §2.3.1.2
      throw new ZipException("gzip flags %02X (expected: 00 to 1F)".formatted(flags));
    }
    skip(UNUSED_BYTES);
    if ((flags & EXTRA) != 0) {
      skip(headerByte() | headerByte() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      long computed = crc.getValue() & 0xFFFF;
      if ((required() | required() << 8) != computed) {
        throw new ZipException("the checksum of the gzip header is wrong");
      }
    }
    crc.reset();
    inflater.setInput(buffer, at, end - at);
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      headerByte();
    }
  }

  private void skipText() throws IOException {
    while (headerByte() != 0) {}
  }

  private int headerByte() throws IOException {
    int b = required();
    crc.update(b);
    return b;
  }

  private void trailer() throws IOException {
    if (number() != (int) crc.getValue()) {
      throw new ZipException("the checksum of the gzip data is wrong");
    }
    if (number() != (int) inflater.getBytesWritten()) {
      throw new ZipException("the length at the end of the gzip data is wrong");
    }
  }

  private int number() throws IOException {
    return required() | required() << 8 | required() << 16 | required() << 24;
  }

  private int required() throws IOException {
    if (at == end && !fill()) {
      throw cutOff();
    }
    return buffer[at++] & 0xFF;
  }

  private static EOFException cutOff() {
    return new EOFException("the gzip data breaks off");
  }

  /** Reads more into the buffer, which is used up. */
  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, source.read(buffer, 0, buffer.length));
    return end > 0;
  }
}
