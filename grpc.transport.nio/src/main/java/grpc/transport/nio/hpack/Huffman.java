package grpc.transport.nio.hpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Huffman coding of strings (RFC 7541 §5.2). Chars past Latin-1 are coded as {@code ?}. */
final class Huffman {
  private static final int QUICK_BITS = 9;
  private static final int QUICK_MASK = (1 << QUICK_BITS) - 1;
  private static final int LONGEST_MASK = (1 << HuffmanCode.LONGEST) - 1;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /**
   * By {@link #QUICK_BITS} bits, the code that they begin with: {@code symbol << 4 | length}, or 0
   * if it is longer.
   */
  private static final short[] QUICK = quick();

  private Huffman() {}

  /** The number of bytes that {@link #encode} writes. */
  static int encodedLength(String text) {
    byte[] lengths = HuffmanCode.LENGTHS;
    long bits = 0;
    for (int i = 0; i < text.length(); i++) {
      bits += lengths[symbol(text, i)];
    }
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
    if (bits > 0) {
      out.put((byte) (pending << 8 - bits | 0xff >>> bits));
    }
  }

  /** The most bytes that a code of this many bytes can decode to. */
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
      if (bits <= 32 && end - next >= 4) {
        pending = pending << 32 | (int) INT.get(in, next) & 0xffff_ffffL;
        next += 4;
        bits += 32;
      } else {
        for (; bits <= 56 && next < end; bits += 8) {
          pending = pending << 8 | in[next++] & 0xff;
        }
      }
      while (bits >= QUICK_BITS) {
        int quick = QUICK[(int) (pending >>> bits - QUICK_BITS) & QUICK_MASK];
        if (quick == 0) {
          break;
        }
        bits -= quick & 0xf;
        out[decoded++] = (byte) (quick >>> 4);
      }
      if (bits < HuffmanCode.LONGEST && next < end) {
        continue;
      }
      if (bits < 8 && isPadding(pending, bits)) {
        return decoded;
      }
      int window = window(pending, bits);
      int codeLength = lengthOf(window);
      if (codeLength > bits) {
        throw new HpackException("Huffman code: cut off (expected: a padding of 0..7 one bits)");
      }
      int symbol = HuffmanCode.symbol(window, codeLength);
      if (symbol == HuffmanCode.EOS) {
        throw new HpackException("Huffman code: EOS inside a string");
      }
      bits -= codeLength;
      out[decoded++] = (byte) symbol;
    }
  }

  /** The next bits, as many as the longest code has; past the end come ones. */
  private static int window(long pending, int bits) {
    int lacking = HuffmanCode.LONGEST - bits;
    if (lacking <= 0) {
      return (int) (pending >>> -lacking) & LONGEST_MASK;
    }
    return (int) (pending << lacking | (1L << lacking) - 1) & LONGEST_MASK;
  }

  private static boolean isPadding(long pending, int bits) {
    int mask = (1 << bits) - 1;
    return (pending & mask) == mask;
  }

  private static int lengthOf(int window) {
    int length = HuffmanCode.SHORTEST;
    while (length < HuffmanCode.LONGEST && window >= HuffmanCode.LIMITS[length]) {
      length++;
    }
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
      if (length > QUICK_BITS) {
        continue;
      }
      int first = HuffmanCode.CODES[symbol] << QUICK_BITS - length;
      for (int i = 0; i < 1 << QUICK_BITS - length; i++) {
        quick[first + i] = (short) (symbol << 4 | length);
      }
    }
    return quick;
  }
}
