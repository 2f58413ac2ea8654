package grpc.transport.nio.hpack;

import java.util.Arrays;

/**
 * The Huffman code of RFC 7541 Appendix B. The code is canonical: within a length, codes count up
 * in the order of their symbols, and the next length continues the count. So the lengths define the
 * code.
 */
final class HuffmanCode {
  /** The symbol that ends a string, never to be sent (§5.2). */
  static final int EOS = 256;

  /** The shortest code, in bits. */
  static final int SHORTEST = 5;

  /** The longest code, in bits. */
  static final int LONGEST = 30;

  private static final int SYMBOLS = 257;

  /** The length in bits of each symbol's code. */
  static final byte[] LENGTHS = lengths();

  /** Each symbol's code, right-aligned. */
  static final int[] CODES = new int[SYMBOLS];

  /** The symbols in the order of their codes. */
  private static final short[] ORDER = new short[SYMBOLS];

  /**
   * By length in bits: the place of its first symbol in {@link #ORDER}, less its first code, so
   * that the sum of a code and this is the symbol's place.
   */
  private static final int[] OFFSETS = new int[LONGEST + 1];

  /** By length in bits: the first code longer than that, left-aligned in {@link #LONGEST} bits. */
  static final int[] LIMITS = new int[LONGEST + 1];

  static {
    int code = 0;
    int place = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code <<= 1;
      OFFSETS[length] = place - code;
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        if (LENGTHS[symbol] != length) {
          continue;
        }
        CODES[symbol] = code++;
        ORDER[place++] = (short) symbol;
      }
      LIMITS[length] = code << LONGEST - length;
    }
  }

  private HuffmanCode() {}

  /** The symbol of the code with this length at the beginning of {@link #LONGEST} bits. */
  static int symbol(int window, int length) {
    return ORDER[(window >>> LONGEST - length) + OFFSETS[length]];
  }

  private static byte[] lengths() {
    var lengths = new byte[SYMBOLS];
    Arrays.fill(lengths, (byte) 28);
    ascii(lengths, 5, "012aceiost");
    ascii(lengths, 6, " %-./3456789=A_bdfghlmnpru");
    ascii(lengths, 7, ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz");
    ascii(lengths, 8, "&*,;XZ");
    ascii(lengths, 10, "!\"()?");
    ascii(lengths, 11, "'+|");
    ascii(lengths, 12, "#>");
    ascii(lengths, 13, "\0$@[]~");
    ascii(lengths, 14, "^}");
    ascii(lengths, 15, "<`{");
    ascii(lengths, 19, "\\");
    symbols(lengths, 19, 195, 208);
    symbols(lengths, 20, 128, 130, 131, 162, 184, 194, 224, 226);
    symbols(lengths, 21, 153, 161, 167, 172, 176, 177, 179, 209, 216, 217, 227, 229, 230);
    symbols(lengths, 22, 129, 132, 133, 134, 136, 146, 154, 156, 160, 163, 164, 169, 170, 173, 178);
    symbols(lengths, 22, 181, 185, 186, 187, 189, 190, 196, 198, 228, 232, 233);
    symbols(lengths, 23, 1, 135, 137, 138, 139, 140, 141, 143, 147, 149, 150, 151, 152, 155, 157);
    symbols(lengths, 23, 158, 165, 166, 168, 174, 175, 180, 182, 183, 188, 191, 197, 231, 239);
    symbols(lengths, 24, 9, 142, 144, 145, 148, 159, 171, 206, 215, 225, 236, 237);
    symbols(lengths, 25, 199, 207, 234, 235);
    symbols(lengths, 26, 192, 193, 200, 201, 202, 205, 210, 213, 218, 219, 238, 240, 242, 243, 255);
    symbols(lengths, 27, 203, 204, 211, 212, 214, 221, 222, 223, 241, 244, 245, 246, 247, 248, 250);
    symbols(lengths, 27, 251, 252, 253, 254);
    symbols(lengths, 30, 10, 13, 22, EOS);
    return lengths;
  }

  private static void ascii(byte[] lengths, int length, String symbols) {
    for (int i = 0; i < symbols.length(); i++) {
      lengths[symbols.charAt(i)] = (byte) length;
    }
  }

  private static void symbols(byte[] lengths, int length, int... symbols) {
    for (int symbol : symbols) {
      lengths[symbol] = (byte) length;
    }
  }
}
