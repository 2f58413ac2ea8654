package grpc.transport.nio.hpack;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes strings of the literals that {@link FieldBytes} found. It decodes the lengths first, so
 * that a field over the limit costs no string. It makes short strings that repeat outside of the
 * table only once.
 */
final class DecodedStrings {
  private static final int TRIMMED_FROM = 4096;
  private static final int REMEMBERED = 32;
  private static final int LONGEST_REMEMBERED = 48;

  private final @Nullable String[] remembered = new @Nullable String[REMEMBERED];
  private final Text name = new Text();
  private final Text value = new Text();

  /** The place of a decoded string. */
  private static final class Text {
    private static final byte[] NONE = {};

    byte[] scratch = NONE;
    byte[] array = NONE;
    int start;
    int length;

    int decode(byte[] in, int offset, int encodedLength, boolean coded) throws HpackException {
      if (!coded) {
        array = in;
        start = offset;
        length = encodedLength;
        return length;
      }
      int most = Huffman.maxDecodedLength(encodedLength);
      if (scratch.length < most)
        scratch = new byte[Math.max(most, Math.max(2 * scratch.length, 128))];
      array = scratch;
      start = 0;
      length = Huffman.decode(in, offset, encodedLength, scratch);
      return length;
    }

    String make() {
      return new String(array, start, length, StandardCharsets.ISO_8859_1);
    }

    boolean is(String text) {
      if (text.length() != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (text.charAt(i) != (array[start + i] & 0xff)) {
          return false;
        }
      }
      return true;
    }

    boolean isFieldValue() {
      if (length == 0) {
        return true;
      }
      if (isSpace(array[start]) || isSpace(array[start + length - 1])) {
        return false;
      }
      for (int i = start; i < start + length; i++) {
        byte b = array[i];
        if (b == 0 || b == '\r' || b == '\n') {
          return false;
        }
      }
      return true;
    }

    private static boolean isSpace(byte b) {
      return b == ' ' || b == '\t';
    }

    int hash() {
      int hash = length;
      for (int i = 0; i < length; i++) {
        hash = 31 * hash + array[start + i];
      }
      return hash;
    }

    void trim() {
      array = NONE;
      if (scratch.length > TRIMMED_FROM) {
        scratch = NONE;
      }
    }
  }

  /** Decodes the name's bytes and returns their number. */
  int decodeName(FieldBytes bytes) throws HpackException {
    return name.decode(bytes.array(), bytes.nameStart, bytes.nameLength, bytes.nameCoded);
  }

  /** Decodes the value's bytes and returns their number. */
  int decodeValue(FieldBytes bytes) throws HpackException {
    return value.decode(bytes.array(), bytes.valueStart, bytes.valueLength, bytes.valueCoded);
  }

  /** Whether the decoded value is one that a field may have. */
  boolean isValueValid() {
    return value.isFieldValue();
  }

  /** The decoded name; {@code once} if it goes into the table and so is not decoded again. */
  String name(boolean once) {
    return once ? name.make() : remember(name);
  }

  /** The decoded value, likewise. */
  String value(boolean once) {
    return once ? value.make() : remember(value);
  }

  /** Releases arrays that one large block made large. */
  void trim() {
    name.trim();
    value.trim();
  }

  private String remember(Text text) {
    if (text.length > LONGEST_REMEMBERED) {
      return text.make();
    }
    int hash = text.hash();
    int slot = (hash ^ hash >>> 16) & REMEMBERED - 1;
    String known = remembered[slot];
    if (known != null && text.is(known)) {
      return known;
    }
    String made = text.make();
    remembered[slot] = made;
    return made;
  }
}
