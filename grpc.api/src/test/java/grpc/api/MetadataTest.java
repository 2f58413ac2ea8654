package grpc.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "a\0", "\n", "a\tb", "\u007f"})
  void valuesThatWouldEndTheirFieldAreRefused(String value) {
    var e = assertThrows(IllegalArgumentException.class, () -> Metadata.of(COLOUR, value));
    assertTrue(e.getMessage().startsWith("metadata \"colour\": character U+"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {" red", "red ", "\tred\t ", "red"})
  void spacesAtTheEndsAreNotPartOfAValue(String value) {
    assertEquals("red", Metadata.of(COLOUR, value).find(COLOUR).orElseThrow());
  }

  @Test
  void valueOfNothingButSpacesIsEmpty() {
    assertEquals("", Metadata.of(COLOUR, " \t ").find(COLOUR).orElseThrow());
    assertEquals("a b", Metadata.of(COLOUR, "a b").find(COLOUR).orElseThrow());
  }

  @Test
  @SuppressWarnings("NullAway") // as code without its checks does
  void nullIsRefusedWhereItIsGivenAndNamesItsKey() {
    String expected =
        "metadata \"colour\": null (expected: a value; leave the entry out if there is none)";
    refuses(expected, () -> Metadata.of(COLOUR, null));
    refuses(expected, () -> Metadata.EMPTY.with(COLOUR, null));
    refuses(expected, () -> Metadata.builder().add(COLOUR, null));
    refuses(expected, () -> CallOptions.DEFAULT.withMetadata(COLOUR, null));
    refuses(expected.replace("colour", "bytes-bin"), () -> Metadata.of(BYTES, null));
    refuses("trailers (for none: Metadata.EMPTY)", () -> new StatusException(Status.OK, null));
    var options = CallOptions.DEFAULT.withWaitForReady(true);
    refuses("defaults (for none: CallOptions.DEFAULT)", () -> options.orElse(null));
    refuses("metadata (for none: Metadata.EMPTY)", () -> options.withMetadata(null));
    refuses("status", () -> new StatusException(null));
    refuses("message", () -> Status.notFound(null));
    refuses("details (for none: an empty array)", () -> Status.OK.withDetails(null));
    refuses(
        "attribute \"tenant\": null (expected: a value; leave it out if there is none)",
        () -> CallOptions.DEFAULT.withAttribute(Attributes.Key.of("tenant"), null));
  }

  private static void refuses(String message, Executable action) {
    assertEquals(message, assertThrows(NullPointerException.class, action).getMessage());
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"}) // as code without generics does
  void valueOfAnotherTypeIsRefused() {
    MetadataKey raw = COLOUR;
    var e = assertThrows(IllegalArgumentException.class, () -> Metadata.of(raw, 7));
    assertEquals(
        "metadata \"colour\": a java.lang.Integer (expected: a java.lang.String)", e.getMessage());
  }

  @Test
  void whatIsReceivedIsNotChecked() {
    var metadata = new Metadata(new Object[] {"colour", "grün"});
    assertEquals("grün", metadata.find(COLOUR).orElseThrow());
  }

  @Test
  void entriesComeInTheirOrderAndBytesAreCopied() {
    var metadata = Metadata.of(COLOUR, "red").with(BYTES, new byte[] {1}).with(COLOUR, "blue");
    var entries = new ArrayList<MetadataEntry>();
    metadata.forEach(entries::add);
    assertEquals("[colour=red, bytes-bin=<1 bytes>, colour=blue]", entries.toString());
    assertEquals("blue", assertInstanceOf(MetadataEntry.Text.class, entries.get(2)).value());
    var binary = assertInstanceOf(MetadataEntry.Binary.class, entries.get(1));
    binary.value()[0] = 9;
    assertArrayEquals(new byte[] {1}, binary.value());
    assertArrayEquals(new byte[] {1}, metadata.find(BYTES).orElseThrow());
    var iterator = Metadata.EMPTY.iterator();
    assertThrows(NoSuchElementException.class, iterator::next);
  }

  @Test
  void entriesOfOneAreAddedToAnother() {
    var metadata = Metadata.of(COLOUR, "red").with(BYTES, new byte[] {1}).with(SHAPE, "round");
    var copy = Metadata.builder();
    metadata.forEach(copy::add);
    assertEquals(metadata, copy.build());
    var bytes = Metadata.builder();
    for (var entry : metadata) {
      if (entry instanceof MetadataEntry.Binary) {
        bytes.add(entry);
      }
    }
    assertEquals(Metadata.of(BYTES, new byte[] {1}), bytes.build());
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
    assertEquals("user-agent", MetadataKey.USER_AGENT.name());
    assertFalse(MetadataKey.isBinary("binary"));
  }

  @ParameterizedTest
  @CsvSource({
    "a-bin, use MetadataKey.binary",
    "grpc-trace-bin, use grpc.spi.transport.ReservedKeys.binary",
    "grpc-status, by grpc.spi.transport.ReservedKeys",
    "user-agent, MetadataKey.USER_AGENT",
    "te, choose another name",
    "host, choose another name",
    "content-type, choose another name",
    "content-length, choose another name",
    "connection, choose another name",
    "keep-alive, choose another name",
    "proxy-connection, choose another name",
    "transfer-encoding, choose another name",
    "upgrade, choose another name"
  })
  void refusalsOfTextKeysSayWhatToDo(String name, String advice) {
    var e = assertThrows(IllegalArgumentException.class, () -> MetadataKey.text(name));
    assertTrue(e.getMessage().startsWith("metadata key \"" + name + "\" "), e.getMessage());
    assertTrue(e.getMessage().contains(advice), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"a, use MetadataKey.text", "grpc-trace-bin, ReservedKeys", "te, MetadataKey.text"})
  void refusalsOfBinaryKeysSayWhatToDo(String name, String advice) {
    var e = assertThrows(IllegalArgumentException.class, () -> MetadataKey.binary(name));
    assertTrue(e.getMessage().contains(advice), e.getMessage());
  }
}
