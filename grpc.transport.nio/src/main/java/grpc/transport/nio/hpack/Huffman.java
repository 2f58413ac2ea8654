package grpc.transport.nio.hpack;

import java.nio.ByteBuffer;

/** Huffman coding of strings (RFC 7541 §5.2). Chars past Latin-1 are coded as {@code ?}. */
final class Huffman {
  private static final int QUICK_BITS = 9;
  private static final int BYTES_REFILLED = 4;

  /**
   * What {@link #QUICK_BITS} bits begin with: {@code symbol << 4 | length}, or 0 if the code is
   * longer.
   */
  private static final short[] QUICK = quick();

  private Huffman() {}

  /** The number of bytes that {@link #encode} writes. */
  static int encodedLength(String text) {
    byte[] lengths = HuffmanCode.LENGTHS;
    long bits = 0;
    for (int i = 0; i < text.length(); i++) bits += lengths[symbol(text, i)];
    return (int) (bits + 7 >>> 3);
  }

  /** Writes the code of a string, padded with the beginning of EOS. */
  static void encode(ByteBuffer out, String text) {
    byte[] lengths = HuffmanCode.LENGTHS;
    int[] codes = HuffmanCode.CODES;
    long pending = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      int symbol = symbol(text, i);
      pending = pending << lengths[symbol] | codes[symbol];
      bits += lengths[symbol];
      if (bits >= 32) {
        bits -= 32;
        out.putInt((int) (pending >>> bits));
      }
    }
    while (bits >= 8) {
      bits -= 8;
      out.put((byte) (pending >>> bits));
    }
    if (bits > 0) out.put((byte) (pending << 8 - bits | 0xff >>> bits));
  }

  /** The most bytes that a code of so many bytes can stand for. */
  static int maxDecodedLength(int encodedLength) {
    return (int) (encodedLength * 8L / 5);
  }

  /**
   * Decodes a string.
   *
   * @param out takes at least {@link #maxDecodedLength} bytes
   * @return the number of bytes decoded
   * @throws HpackException if EOS is in it, or the padding is not the first 0..7 bits of EOS (§5.2)
   */
  static int decode(byte[] in, int offset, int length, byte[] out) throws HpackException {
    int next = offset;
    int end = offset + length;
    int decoded = 0;
    long pending = 0; // the bits not yet decoded are its lowest
    int bits = 0;
    while (true) {
      while (bits <= 64 - 8 * BYTES_REFILLED && next < end) {
        pending = pending << 8 | in[next++] & 0xff;
        bits += 8;
      }
      if (bits < 8 && next == end && isPadding(pending, bits)) return decoded;
      int quick = QUICK[window(pending, bits, QUICK_BITS)];
      int codeLength = quick & 0xf;
      int symbol = quick >>> 4;
      if (codeLength == 0) {
        int window = window(pending, bits, HuffmanCode.LONGEST);
        codeLength = lengthOf(window);
        symbol =
            HuffmanCode.ORDER[
                (window >>> HuffmanCode.LONGEST - codeLength) + HuffmanCode.OFFSETS[codeLength]];
      }
      if (codeLength > bits) {
        throw new HpackException("Huffman code: cut off (expected: a padding of 0..7 one bits)");
      }
      if (symbol == HuffmanCode.EOS) throw new HpackException("Huffman code: EOS inside a string");
      bits -= codeLength;
      out[decoded++] = (byte) symbol;
    }
  }

  /** The next bits, left-aligned in {@code width}; past the end come ones. */
  private static int window(long pending, int bits, int width) {
    int mask = (1 << width) - 1;
    if (bits >= width) return (int) (pending >>> bits - width) & mask;
    int lacking = width - bits;
    return (int) (pending << lacking | (1 << lacking) - 1) & mask;
  }

  private static boolean isPadding(long pending, int bits) {
    int mask = (1 << bits) - 1;
    return (pending & mask) == mask;
  }

  private static int lengthOf(int window) {
    int length = QUICK_BITS + 1;
    while (length < HuffmanCode.LONGEST && window >= HuffmanCode.LIMITS[length]) length++;
    return length;
  }

  private static int symbol(String text, int at) {
    char c = text.charAt(at);
    return c <= 0xff ? c : '?';
  }

  private static short[] quick() {
    var quick = new short[1 << QUICK_BITS];
    for (int symbol = 0; symbol < HuffmanCode.EOS; symbol++) {
      int length = HuffmanCode.LENGTHS[symbol];
      if (length > QUICK_BITS) continue;
      int first = HuffmanCode.CODES[symbol] << QUICK_BITS - length;
      for (int i = 0; i < 1 << QUICK_BITS - length; i++) {
        quick[first + i] = (short) (symbol << 4 | length);
      }
    }
    return quick;
  }
}
