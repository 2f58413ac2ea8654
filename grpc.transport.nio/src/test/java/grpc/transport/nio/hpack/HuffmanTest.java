package grpc.transport.nio.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HuffmanTest {
  @Test
  void codeIsCompleteSoEveryBitStringMeansSomething() {
    long taken = 0;
    for (byte length : HuffmanCode.LENGTHS) {
      taken += 1L << HuffmanCode.LONGEST - length;
    }
    assertEquals(1L << HuffmanCode.LONGEST, taken);
  }

  @Test
  void codesAreThoseOfAppendixB() {
    assertCode('0', 0x0, 5);
    assertCode('a', 0x3, 5);
    assertCode('t', 0x9, 5);
    assertCode('u', 0x2d, 6);
    assertCode('z', 0x7b, 7);
    assertCode('Z', 0xfd, 8);
    assertCode('?', 0x3fc, 10);
    assertCode('~', 0x1ffd, 13);
    assertCode('{', 0x7ffe, 15);
    assertCode(0, 0x1ff8, 13);
    assertCode(1, 0x7fffd8, 23);
    assertCode(9, 0xffffea, 24);
    assertCode(10, 0x3ffffffc, 30);
    assertCode(127, 0xffffffc, 28);
    assertCode(128, 0xfffe6, 20);
    assertCode(199, 0x1ffffec, 25);
    assertCode(249, 0xffffffe, 28);
    assertCode(255, 0x3ffffee, 26);
    assertCode(HuffmanCode.EOS, 0x3fffffff, 30);
  }

  @Test
  void everyByteSurvives() throws HpackException {
    var all = new StringBuilder();
    for (char c = 0; c < 256; c++) {
      all.append(c);
    }
    assertEquals(all.toString(), decode(encode(all.toString())));
    for (char c = 0; c < 256; c++) {
      assertEquals(String.valueOf(c), decode(encode(String.valueOf(c))));
    }
  }

  @Test
  void randomBytesSurvive() throws HpackException {
    var random = new Random(7541);
    for (int round = 0; round < 2000; round++) {
      var bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      assertEquals(text, decode(encode(text)));
    }
  }

  @Test
  void charsPastLatin1BecomeQuestionMarks() throws HpackException {
    assertEquals("a?b", decode(encode("a\u010ab")));
  }

  @Test
  void emptyStringHasNoBits() throws HpackException {
    assertEquals("", decode(new byte[0]));
  }

  @Test
  void eosInsideAStringIsRefused() {
    assertRefused("ff ff ff fc"); // EOS and two bits
    assertRefused("ff ff ff ff");
    assertRefused("1f ff ff ff ff ff ff"); // after a letter
  }

  @Test
  void paddingOfEightBitsOrMoreIsRefused() {
    assertRefused("ff");
    assertRefused("1f ff"); // 'a', then eleven ones
  }

  @Test
  void paddingThatIsNotTheBeginningOfEosIsRefused() throws HpackException {
    assertEquals("a", decode(Bytes.of("1f")));
    assertRefused("1e");
    assertRefused("18 00 00 00 00 00 00 00 02"); // letters, then zeros too short for one
  }

  private static void assertCode(int symbol, int code, int length) {
    assertEquals(length, HuffmanCode.LENGTHS[symbol]);
    assertEquals(code, HuffmanCode.CODES[symbol]);
  }

  private static void assertRefused(String hex) {
    assertThrows(HpackException.class, () -> decode(Bytes.of(hex)));
  }

  private static byte[] encode(String text) {
    var out = ByteBuffer.allocate(Huffman.encodedLength(text));
    Huffman.encode(out, text);
    assertEquals(0, out.remaining());
    return out.array();
  }

  private static String decode(byte[] coded) throws HpackException {
    var out = new byte[Huffman.maxDecodedLength(coded.length)];
    int length = Huffman.decode(coded, 0, coded.length, out);
    return new String(out, 0, length, StandardCharsets.ISO_8859_1);
  }
}
