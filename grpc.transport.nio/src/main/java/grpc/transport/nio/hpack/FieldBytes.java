package grpc.transport.nio.hpack;

import java.nio.ByteBuffer;

/**
 * The bytes of a field block as they come; the bytes of an incomplete field are kept until the rest
 * comes. Reads the primitives of RFC 7541 §5; a string is only found here, not decoded.
 */
final class FieldBytes {
  private static final int USUAL = 512;
  private static final int TRIMMED_FROM = 4096;

  /** Stands for an incomplete value. */
  private static final int INCOMPLETE = -1;

  private final int fieldLimit;
  private byte[] array = new byte[USUAL];
  private int next;
  private int end;
  private int mark;

  int nameStart;
  int nameLength;
  boolean nameCoded;
  int valueStart;
  int valueLength;
  boolean valueCoded;

  /** Starts empty; one field takes at most this many bytes. */
  FieldBytes(int fieldLimit) {
    this.fieldLimit = fieldLimit;
  }

  byte[] array() {
    return array;
  }

  /** Appends a fragment to the kept bytes. */
  void add(ByteBuffer fragment) {
    int more = fragment.remaining();
    if (array.length - end < more) {
      var larger = new byte[Math.max(end + more, 2 * array.length)];
      System.arraycopy(array, 0, larger, 0, end);
      array = larger;
    }
    fragment.get(array, end, more);
    end += more;
  }

  boolean hasRemaining() {
    return next < end;
  }

  /** Marks the beginning of a field. */
  void mark() {
    mark = next;
  }

  /** Drops the bytes before the mark; the rest is read again when more bytes come. */
  void keepFromMark() throws HpackException {
    int kept = end - mark;
    if (kept > fieldLimit) {
      throw tooLong(kept);
    }
    System.arraycopy(array, mark, array, 0, kept);
    next = 0;
    end = kept;
  }

  boolean hasKept() {
    return end > 0;
  }

  /** Drops all bytes: all are read. */
  void clear() {
    next = 0;
    end = 0;
  }

  /** Releases an array that one large block made large. */
  void trim() {
    if (array.length > TRIMMED_FROM) {
      array = new byte[USUAL];
    }
  }

  int next() {
    return array[next++] & 0xff;
  }

  /** Reads the rest of an integer after its first byte (§5.1), or {@link #INCOMPLETE}. */
  int integer(int first, int prefixBits) throws HpackException {
    int most = (1 << prefixBits) - 1;
    int prefix = first & most;
    if (prefix < most) {
      return prefix;
    }
    long value = most;
    for (int shift = 0; shift <= 28; shift += 7) {
      if (next == end) {
        return INCOMPLETE;
      }
      int b = next();
      value += (long) (b & 0x7f) << shift;
      if (value > Integer.MAX_VALUE) {
        break;
      }
      if (b < 0x80) {
        return (int) value;
      }
    }
    throw new HpackException("integer: too large (expected: at most 2147483647 in 6 bytes)");
  }

  /** Finds the name's string (§5.2); false if it is incomplete. */
  boolean name() throws HpackException {
    int length = stringLength();
    if (length == INCOMPLETE || end - next < length) {
      return false;
    }
    nameStart = next;
    nameLength = length;
    nameCoded = coded;
    next += length;
    return true;
  }

  /** Finds the value's string (§5.2); false if it is incomplete. */
  boolean value() throws HpackException {
    int length = stringLength();
    if (length == INCOMPLETE || end - next < length) {
      return false;
    }
    valueStart = next;
    valueLength = length;
    valueCoded = coded;
    next += length;
    return true;
  }

  private boolean coded;

  private int stringLength() throws HpackException {
    if (next == end) {
      return INCOMPLETE;
    }
    int first = next();
    int length = integer(first, 7);
    if (length > fieldLimit) {
      throw tooLong(length);
    }
    coded = first >= 0x80;
    return length;
  }

  private HpackException tooLong(int length) {
    return new HpackException(
        "field length: " + length + " (expected: at most " + fieldLimit + ")");
  }
}
