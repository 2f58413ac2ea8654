package grpc.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
  private static final MetadataKey<String> COLOUR = MetadataKey.text("colour");
  private static final MetadataKey<String> SHAPE = MetadataKey.text("shape");
  private static final MetadataKey<byte[]> BYTES = MetadataKey.binary("bytes-bin");

  @Test
  void valuesKeepTheirOrderAndTheLastIsFound() {
    var metadata = Metadata.of(COLOUR, "red").with(SHAPE, "round").with(COLOUR, "blue");
    assertEquals(List.of("red", "blue"), metadata.all(COLOUR));
    assertEquals("blue", metadata.find(COLOUR).orElseThrow());
    assertEquals(3, metadata.size());
    assertEquals("shape", metadata.name(1));
    assertTrue(metadata.find(BYTES).isEmpty());
  }

  @Test
  void bytesAreCopiedInAndOut() {
    byte[] bytes = {1, 2};
    var metadata = Metadata.of(BYTES, bytes);
    bytes[0] = 9;
    metadata.find(BYTES).orElseThrow()[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, metadata.find(BYTES).orElseThrow());
  }

  @Test
  void changesMakeCopies() {
    var one = Metadata.of(COLOUR, "red");
    assertEquals(2, one.with(SHAPE, "round").size());
    assertEquals(1, one.size());
    assertEquals(Metadata.of(SHAPE, "round"), one.with(SHAPE, "round").without(COLOUR));
    assertSame(one, one.merged(Metadata.EMPTY));
    assertSame(one, Metadata.EMPTY.merged(one));
    assertEquals(one.with(SHAPE, "round"), one.merged(Metadata.of(SHAPE, "round")));
  }

  @Test
  void equalsLooksIntoBytes() {
    var one = Metadata.of(BYTES, new byte[] {1});
    assertEquals(one, Metadata.of(BYTES, new byte[] {1}));
    assertEquals(one.hashCode(), Metadata.of(BYTES, new byte[] {1}).hashCode());
    assertNotEquals(one, Metadata.of(BYTES, new byte[] {2}));
  }

  @Test
  void textShowsNoBytes() {
    assertEquals(
        "{colour=red, bytes-bin=<3 bytes>}",
        Metadata.of(COLOUR, "red").with(BYTES, new byte[3]).toString());
  }

  @Test
  void textMustBePrintableAscii() {
    var e = assertThrows(IllegalArgumentException.class, () -> Metadata.of(COLOUR, "grün"));
    assertTrue(e.getMessage().contains("U+00FC at index 2"), e.getMessage());
    assertTrue(e.getMessage().contains("-bin"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Metadata.of(COLOUR, "a\nb"));
  }

  @Test
  void whatIsReceivedIsNotChecked() {
    var metadata = Metadata.builder().addReceived("colour", "grün").build();
    assertEquals("grün", metadata.find(COLOUR).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Colour", "a b", "ü", ":path", "a/b"})
  void malformedNamesAreRefused(String name) {
    var e = assertThrows(IllegalArgumentException.class, () -> MetadataKey.text(name));
    assertTrue(e.getMessage().contains("expected: one or more of"), e.getMessage());
  }

  @Test
  void reservedAndMistypedNamesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> MetadataKey.text("grpc-status"));
    assertThrows(IllegalArgumentException.class, () -> MetadataKey.text("a-bin"));
    assertThrows(IllegalArgumentException.class, () -> MetadataKey.binary("a"));
    assertThrows(IllegalArgumentException.class, () -> MetadataKey.binary("grpc-trace-bin"));
    assertEquals("grpc-retry", MetadataKey.reserved("grpc-retry").name());
    assertFalse(MetadataKey.isBinary("binary"));
  }
}
