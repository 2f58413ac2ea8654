package grpc.transport.nio.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HpackDecoderTest {
  private static final String BLOCK =
      "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"
          + "1008 7061 7373 776f 7264 0673 6563 7265 74";
  private static final List<String> FIELDS =
      List.of(
          ":method: GET",
          ":scheme: http",
          ":path: /",
          ":authority: www.example.com",
          "custom-key: custom-value",
          "!password: secret");

  private final HpackDecoder decoder = new HpackDecoder(4096, 8192);

  @Test
  void blockMaySplitAnywhere() throws HpackException {
    byte[] block = Bytes.of(BLOCK);
    for (int first = 0; first <= block.length; first++) {
      for (int second = first; second <= block.length; second++) {
        var split = new HpackDecoder(4096, 8192);
        var list = new FieldList();
        split.decode(ByteBuffer.wrap(block, 0, first), list);
        split.decode(ByteBuffer.wrap(block, first, second - first), list);
        split.decode(ByteBuffer.wrap(block, second, block.length - second), list);
        split.endHeaders();
        assertEquals(FIELDS, list.fields);
      }
    }
  }

  @Test
  void directBuffersAreConsumed() throws HpackException {
    byte[] block = Bytes.of(BLOCK);
    ByteBuffer direct = ByteBuffer.allocateDirect(block.length).put(block).flip();
    assertEquals(FIELDS, FieldList.decode(decoder, direct));
    assertFalse(direct.hasRemaining());
  }

  @Test
  void truncatedFieldIsAnErrorAtTheEndOnly() throws HpackException {
    byte[] block = Bytes.of("400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572");
    for (int length = 1; length < block.length; length++) {
      var cut = new HpackDecoder(4096, 8192);
      cut.decode(ByteBuffer.wrap(block, 0, length), new FieldList());
      assertThrows(HpackException.class, cut::endHeaders);
    }
  }

  @Test
  void aValueThatNoFieldMayHaveIsToldEachTime() throws HpackException {
    String added = "40 01 78 02 6120"; // x: "a ", into the table
    String clean = "40 01 79 01 61"; // y: "a"
    assertEquals(List.of("?x: a ", "y: a"), FieldList.decode(decoder, added + clean));
    assertEquals(List.of("?x: a ", "y: a"), FieldList.decode(decoder, "bf be"));
    assertEquals(List.of("?x: \ta"), FieldList.decode(decoder, "00 01 78 02 0961"));
    assertEquals(List.of("?x: a\nb"), FieldList.decode(decoder, "00 01 78 03 610a62"));
    assertEquals(List.of("x: a\u00a0"), FieldList.decode(decoder, "00 01 78 02 61a0"));
  }

  @Test
  void emptyBlockHasNoFields() throws HpackException {
    decoder.endHeaders();
    assertEquals(List.of(), FieldList.decode(decoder, ""));
    assertEquals(0, decoder.listSize());
  }

  @Test
  void indexZeroAndIndexesPastTheTableAreRefused() throws HpackException {
    assertRefused("80");
    assertRefused("be"); // 62 with an empty dynamic table
    assertRefused("7e 01 61"); // as a name
    assertEquals(List.of("a: b"), FieldList.decode(decoder, "40 01 61 01 62"));
    assertEquals(List.of("a: b"), FieldList.decode(decoder, "be"));
    assertThrows(HpackException.class, () -> FieldList.decode(decoder, "bf"));
  }

  @Test
  void integersThatOverflowAreRefused() {
    assertRefused("ff ff ff ff ff 7f");
    assertRefused("ff 80 80 80 80 80 00"); // needless zeros past 32 bits
    assertRefused("7f ff ff ff ff ff ff ff");
  }

  @Test
  void tableSizeUpdateComesFirstInABlock() throws HpackException {
    assertEquals(List.of(":method: GET"), FieldList.decode(decoder, "20 3f e1 1f 82"));
    assertRefused("82 20");
  }

  @Test
  void tableSizeUpdateAboveOurSettingIsRefused() throws HpackException {
    assertEquals(List.of(), FieldList.decode(decoder, "3f e1 1f")); // 4096
    assertRefused("3f e2 1f"); // 4097
  }

  @Test
  void loweredSettingMustBeFollowedByAnUpdate() throws HpackException {
    decoder.setMaxTableSize(100);
    assertThrows(HpackException.class, () -> FieldList.decode(decoder, "82"));
    var obedient = new HpackDecoder(4096, 8192);
    obedient.setMaxTableSize(100);
    assertEquals(List.of(":method: GET"), FieldList.decode(obedient, "3f 45 82"));
  }

  @Test
  void updateToZeroEmptiesTheTable() throws HpackException {
    FieldList.decode(decoder, "40 01 61 01 62");
    FieldList.decode(decoder, "20 3f e1 1f");
    assertThrows(HpackException.class, () -> FieldList.decode(decoder, "be"));
  }

  @Test
  void entryLargerThanTheTableEmptiesIt() throws HpackException {
    var tiny = new HpackDecoder(40, 8192);
    assertEquals(List.of("a: b"), FieldList.decode(tiny, "40 01 61 01 62"));
    String large = "40 01 61 08 62 62 62 62 62 62 62 62"; // 32 + 1 + 8
    assertEquals(List.of("a: bbbbbbbb"), FieldList.decode(tiny, large));
    assertThrows(HpackException.class, () -> FieldList.decode(tiny, "be"));
  }

  @Test
  void listOverTheLimitIsDecodedButNotDelivered() throws HpackException {
    var limited = new HpackDecoder(4096, 70);
    String block = "40 01 61 01 62  40 01 63 01 64  00 01 65 01 66  40 01 67 01 68";
    assertEquals(List.of("a: b", "c: d"), FieldList.decode(limited, block));
    assertTrue(limited.overLimit());
    assertEquals(4 * 34, limited.listSize());
    assertEquals(List.of("g: h", "c: d"), FieldList.decode(limited, "be bf")); // in step
    assertFalse(limited.overLimit());
    assertEquals(List.of("a: b"), FieldList.decode(limited, "c0"));
  }

  @Test
  void listOfExactlyTheLimitIsDelivered() throws HpackException {
    var limited = new HpackDecoder(4096, 34);
    assertEquals(List.of("a: b"), FieldList.decode(limited, "00 01 61 01 62"));
    assertFalse(limited.overLimit());
  }

  @Test
  void fieldOverTheLimitAcrossFragmentsLeavesTheConnectionAlive() throws HpackException {
    var out = ByteBuffer.allocate(80_000);
    var encoder = new HpackEncoder(4096);
    encoder.encode(out, "big", "\0".repeat(30_000), Indexing.INDEX);
    out.flip();
    var list = new FieldList();
    while (out.hasRemaining()) {
      int length = Math.min(1000, out.remaining());
      decoder.decode(out.slice(out.position(), length), list);
      out.position(out.position() + length);
    }
    decoder.endHeaders();
    assertEquals(List.of(), list.fields);
    assertTrue(decoder.overLimit());
    assertEquals(30_035, decoder.listSize());
    assertEquals(List.of(":method: GET"), FieldList.decode(decoder, "82"));
  }

  @Test
  void stringOfAbsurdLengthIsRefusedBeforeItComes() {
    assertRefused("00 7f ff ff ff 07"); // a name of 16 MiB
  }

  @Test
  void sameLiteralIsMadeOnce() throws HpackException {
    var values = new ArrayList<String>();
    for (int i = 0; i < 2; i++) {
      decoder.decode(Bytes.buffer("00 01 61 01 62"), (name, value, never) -> values.add(value));
      decoder.endHeaders();
    }
    assertSame(values.get(0), values.get(1));
  }

  @Test
  void bytesOfTheUpperHalfSurvive() throws HpackException {
    assertEquals(List.of("\u00ff: \u0080"), FieldList.decode(decoder, "00 01 ff 01 80"));
  }

  @Test
  void randomBytesThrowNothingElse() {
    var random = new Random(20);
    for (int round = 0; round < 20_000; round++) {
      var bytes = new byte[1 + random.nextInt(60)];
      random.nextBytes(bytes);
      var fuzzed = new HpackDecoder(256, 200);
      try {
        FieldList.decode(fuzzed, ByteBuffer.wrap(bytes));
      } catch (HpackException expected) {
        assertFalse(expected.getMessage().isEmpty());
      }
    }
  }

  private static void assertRefused(String hex) {
    var fresh = new HpackDecoder(4096, 8192);
    assertThrows(HpackException.class, () -> FieldList.decode(fresh, hex));
  }
}
