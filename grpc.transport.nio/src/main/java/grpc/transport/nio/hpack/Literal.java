package grpc.transport.nio.hpack;

import java.nio.ByteBuffer;

/** Writes the primitives of RFC 7541 §5: integers with a prefix, and strings. */
final class Literal {
  /** The most bytes an integer below 2^31 takes: a prefix and five bytes of seven bits. */
  static final int LONGEST_INTEGER = 6;

  private static final int HUFFMAN = 0x80;
  private static final int LENGTH_BITS = 7;

  private Literal() {}

  /**
   * Writes an integer (§5.1).
   *
   * @param pattern the bits before the prefix
   * @param prefixBits 1..8
   */
  static void integer(ByteBuffer out, int pattern, int prefixBits, int value) {
    int most = (1 << prefixBits) - 1;
    if (value < most) {
      out.put((byte) (pattern | value));
      return;
    }
    out.put((byte) (pattern | most));
    int rest = value - most;
    while (rest >= 0x80) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  /** Writes a string, Huffman-coded if that is shorter (§5.2). */
  static void string(ByteBuffer out, String text) {
    int coded = Huffman.encodedLength(text);
    if (coded < text.length()) {
      integer(out, HUFFMAN, LENGTH_BITS, coded);
      Huffman.encode(out, text);
      return;
    }
    integer(out, 0, LENGTH_BITS, text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.put((byte) (c <= 0xff ? c : '?'));
    }
  }

  /** The bytes that {@link #string} writes. */
  static byte[] bytes(String text) {
    var out = ByteBuffer.allocate(LONGEST_INTEGER + text.length());
    string(out, text);
    var bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }
}
