package grpc.transport.nio.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HpackEncoderTest {
  private final HpackEncoder encoder = new HpackEncoder(4096);
  private final HpackDecoder decoder = new HpackDecoder(4096, 1 << 20);
  private final ByteBuffer out = ByteBuffer.allocate(65_536);

  @Test
  void firstTimeIsALiteralThenAnIndex() throws HpackException {
    encoder.encode(out, "a", "b", Indexing.INDEX);
    assertBlock("40 01 61 01 62", "a: b");
    encoder.encode(out, "a", "b", Indexing.INDEX);
    assertBlock("be", "a: b");
    encoder.encode(out, "a", "c", Indexing.INDEX);
    assertBlock("7e 01 63", "a: c");
  }

  @Test
  void templateIsSentByIndexOnceThePeerHasIt() throws HpackException {
    HpackField field = HpackField.of("grpc-status", "0");
    encoder.encode(out, field);
    assertBlock("40 88 9a ca c8 b2 12 34 da 8f 01 30", "grpc-status: 0");
    encoder.encode(out, field);
    assertBlock("be", "grpc-status: 0");
    encoder.encode(out, "grpc-status", "0", Indexing.NO_INDEX);
    assertBlock("be", "grpc-status: 0");
  }

  @Test
  void templateIsPerEncoder() throws HpackException {
    HpackField field = HpackField.of("a", "b");
    new HpackEncoder(4096).encode(ByteBuffer.allocate(100), field);
    encoder.encode(out, field);
    assertBlock("40 01 61 01 62", "a: b");
  }

  @Test
  void templateOfAStaticFieldIsOneByte() throws HpackException {
    encoder.encode(out, HpackField.of(":method", "POST"));
    encoder.encode(out, HpackField.of(":status", "200"));
    assertBlock("83 88", ":method: POST", ":status: 200");
  }

  @Test
  void evictedTemplateIsSentAnew() throws HpackException {
    HpackField field = HpackField.of("a", "b");
    encoder.encode(out, field);
    for (int i = 0; i < 200; i++) {
      encoder.encode(out, "name" + i, "value" + i, Indexing.INDEX);
    }
    out.clear();
    encoder.encode(out, field);
    assertEquals("4001610162", Bytes.hex(out));
  }

  @Test
  void secretIsNeverIndexedEvenIfTheTableHasIt() throws HpackException {
    encoder.encode(out, "authorization", "x", Indexing.NEVER_INDEX);
    assertBlock("1f 08 01 78", "!authorization: x");
    encoder.encode(out, "authorization", "x", Indexing.INDEX);
    encoder.encode(out, "authorization", "x", Indexing.NEVER_INDEX);
    assertBlock("57 01 78 1f 08 01 78", "authorization: x", "!authorization: x");
  }

  @Test
  void unindexedFieldLeavesNoTrace() throws HpackException {
    encoder.encode(out, "a", "b", Indexing.NO_INDEX);
    encoder.encode(out, "a", "b", Indexing.NO_INDEX);
    assertBlock("00 01 61 01 62 00 01 61 01 62", "a: b", "a: b");
  }

  @Test
  void nameIsIndexedOnceForValuesThatDiffer() throws HpackException {
    encoder.encode(out, "a", "b", Indexing.INDEX_NAME);
    encoder.encode(out, "a", "c", Indexing.INDEX_NAME);
    encoder.encode(out, "a", "d", Indexing.INDEX_NAME);
    encoder.encode(out, "age", "1", Indexing.INDEX_NAME);
    assertBlock(
        "40 01 61 01 62 0f 2f 01 63 0f 2f 01 64 0f 06 01 31", "a: b", "a: c", "a: d", "age: 1");
  }

  @Test
  void fieldTooLargeForTheTableDoesNotEmptyIt() throws HpackException {
    encoder.encode(out, "a", "b", Indexing.INDEX);
    encoder.encode(out, "big", "x".repeat(5000), Indexing.INDEX);
    encoder.encode(out, HpackField.of("big", "y".repeat(5000)));
    out.clear();
    encoder.encode(out, "a", "b", Indexing.INDEX);
    assertEquals("be", Bytes.hex(out));
  }

  @Test
  void loweredTableIsToldFirst() throws HpackException {
    encoder.setMaxTableSize(100);
    encoder.beginBlock(out);
    encoder.encode(out, ":method", "GET", Indexing.INDEX);
    assertBlock("3f 45 82", ":method: GET");
    encoder.beginBlock(out);
    assertEquals("", Bytes.hex(out));
  }

  @Test
  void tableLoweredAndRaisedBetweenBlocksTellsBoth() throws HpackException {
    encoder.encode(out, "a", "b", Indexing.INDEX);
    out.clear();
    encoder.setMaxTableSize(0);
    encoder.setMaxTableSize(100);
    encoder.setMaxTableSize(4096);
    encoder.beginBlock(out);
    encoder.encode(out, "a", "b", Indexing.INDEX);
    assertBlock("20 3f e1 1f 40 01 61 01 62", "a: b");
  }

  @Test
  void settingAboveOurCapChangesNothing() {
    encoder.setMaxTableSize(0xffff_ffffL);
    encoder.beginBlock(out);
    assertEquals("", Bytes.hex(out));
  }

  @Test
  void capBelowTheDefaultIsToldFirst() throws HpackException {
    var frugal = new HpackEncoder(0);
    frugal.beginBlock(out);
    frugal.encode(out, "a", "b", Indexing.INDEX);
    assertBlock("20 00 01 61 01 62", "a: b");
  }

  @Test
  void capAboveTheDefaultIsUsedOnceThePeerAllowsIt() {
    var generous = new HpackEncoder(65_536);
    generous.beginBlock(out);
    assertEquals("", Bytes.hex(out));
    generous.setMaxTableSize(8192);
    generous.beginBlock(out);
    assertEquals("3fe13f", Bytes.hex(out));
  }

  @Test
  void upperBoundsHold() {
    String high = "\u00ff".repeat(300);
    for (Indexing indexing : Indexing.values()) {
      int before = out.position();
      encoder.encode(out, high, high, indexing);
      assertTrue(out.position() - before <= HpackEncoder.maxEncodedSize(high, high));
    }
    HpackField field = HpackField.of(high, "x");
    out.clear();
    encoder.encode(out, field);
    assertTrue(out.position() <= field.maxEncodedSize());
  }

  @Test
  void manyNamesAreFoundAfterTheTableGrew() throws HpackException {
    var large = new HpackEncoder(65_536);
    large.setMaxTableSize(65_536);
    for (int i = 0; i < 1000; i++) {
      large.encode(out, "name" + i, "v", Indexing.INDEX);
    }
    out.clear();
    var index = ByteBuffer.allocate(8);
    for (int i = 0; i < 1000; i++) {
      large.encode(out, "name" + i, "v", Indexing.INDEX);
      index.clear();
      Literal.integer(index, 0x80, 7, 61 + 1000 - i);
      assertEquals(Bytes.hex(index), Bytes.hex(out));
      out.clear();
    }
  }

  private void assertBlock(String hex, String... fields) throws HpackException {
    assertEquals(hex.replace(" ", ""), Bytes.hex(out));
    assertEquals(List.of(fields), FieldList.decode(decoder, out.flip()));
    out.clear();
  }
}
