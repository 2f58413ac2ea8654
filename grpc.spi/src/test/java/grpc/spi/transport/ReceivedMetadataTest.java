package grpc.spi.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedMetadataTest {
  private static final MetadataKey<String> COLOUR = MetadataKey.text("colour");
  private static final MetadataKey<byte[]> BYTES = MetadataKey.binary("bytes-bin");

  @Test
  void whatIsReceivedIsNotChecked() {
    var metadata = new ReceivedMetadata(1).add("colour", "grün").build();
    assertEquals("grün", metadata.find(COLOUR).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 9})
  void expectationMayBeWrong(int expected) {
    var received = new ReceivedMetadata(expected);
    for (int i = 0; i < 9; i++) {
      received.add("colour", "c" + i);
    }
    var nine = received.build();
    received.add("colour", "c9");
    assertEquals(9, nine.size());
    assertEquals("c8", nine.find(COLOUR).orElseThrow());
    assertEquals("c9", received.build().find(COLOUR).orElseThrow());
    assertSame(Metadata.EMPTY, new ReceivedMetadata(expected).build());
  }

  @Test
  @SuppressWarnings("NullAway") // as code without its checks does
  void nullIsRefusedByTheNameOfItsField() {
    var e =
        assertThrows(
            NullPointerException.class, () -> new ReceivedMetadata(1).add("colour", (String) null));
    assertEquals("colour", e.getMessage());
  }

  @Test
  void entriesAreReadByIndexWithoutACopy() {
    byte[] bytes = {1, 2};
    var metadata = new ReceivedMetadata(2).add("colour", "red").add("bytes-bin", bytes).build();
    assertEquals("colour", MetadataFields.name(metadata, 0));
    assertFalse(MetadataFields.isBinary(metadata, 0));
    assertEquals("red", MetadataFields.text(metadata, 0));
    assertEquals("bytes-bin", MetadataFields.name(metadata, 1));
    assertTrue(MetadataFields.isBinary(metadata, 1));
    assertSame(bytes, MetadataFields.bytes(metadata, 1));
    assertThrows(ClassCastException.class, () -> MetadataFields.text(metadata, 1));
    assertThrows(ClassCastException.class, () -> MetadataFields.bytes(metadata, 0));
  }

  /** RFC 9113 §6.5.2; 4 characters of base64 for 3 bytes, without padding. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2", "2, 3", "3, 4", "4, 6"})
  void headerListCountsNamesValuesAndThirtyTwo(int bytes, int base64) {
    var metadata = Metadata.of(COLOUR, "red").with(BYTES, new byte[bytes]);
    assertEquals(
        "colour".length() + 3 + 32 + "bytes-bin".length() + base64 + 32,
        MetadataFields.listSize(metadata));
  }

  @Test
  void fieldsThatTheTransportWritesItselfDoNotCount() {
    var metadata = Metadata.of(MetadataKey.USER_AGENT, "curl").with(ReservedKeys.text("te"), "x");
    assertEquals(0, MetadataFields.listSize(metadata));
    assertEquals(
        "grpc-trace-bin".length() + 2 + 32,
        MetadataFields.listSize(Metadata.of(ReservedKeys.binary("grpc-trace-bin"), new byte[1])));
  }

  @Test
  void reservedKeysReadWhatAPeerSent() {
    var received =
        new ReceivedMetadata(2).add("user-agent", "curl").add("grpc-a-bin", new byte[] {7}).build();
    assertEquals("curl", received.find(MetadataKey.USER_AGENT).orElseThrow());
    assertEquals("curl", received.find(ReservedKeys.text("user-agent")).orElseThrow());
    assertArrayEquals(
        new byte[] {7}, received.find(ReservedKeys.binary("grpc-a-bin")).orElseThrow());
  }
}
