package grpc.transport.nio.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  @Test
  void laterEntriesOfAFrameWin() throws ConnectionError {
    var entries = ByteBuffer.wrap(Frames.bytes("0004 00000001 0003 ffffffff 0004 00000002"));
    Settings settings = Settings.DEFAULT.with(entries);
    assertEquals(2, settings.initialWindowSize());
    assertEquals(Settings.UNLIMITED, settings.maxConcurrentStreams());
  }

  @Test
  void unknownIdentifiersChangeNothing() throws ConnectionError {
    assertSame(Settings.DEFAULT, Settings.DEFAULT.with(0x4242, 7));
  }

  @Test
  void valuesOutOfRangeAreRefusedWithTheRange() {
    assertRefused(5, 3, ErrorCode.PROTOCOL_ERROR, "MAX_FRAME_SIZE: 3 (expected: 16384..16777215)");
    assertRefused(
        5,
        16_777_216,
        ErrorCode.PROTOCOL_ERROR,
        "MAX_FRAME_SIZE: 16777216 (expected: 16384..16777215)");
    assertRefused(2, 2, ErrorCode.PROTOCOL_ERROR, "ENABLE_PUSH: 2 (expected: 0..1)");
    assertRefused(
        4,
        1L << 31,
        ErrorCode.FLOW_CONTROL_ERROR,
        "INITIAL_WINDOW_SIZE: 2147483648 (expected: 0..2147483647)");
  }

  @Test
  void extremesOfTheRangesAreTaken() throws ConnectionError {
    assertEquals(16_384, Settings.DEFAULT.with(5, 16_384).maxFrameSize());
    assertEquals(16_777_215, Settings.DEFAULT.with(5, 16_777_215).maxFrameSize());
    assertEquals(Integer.MAX_VALUE, Settings.DEFAULT.with(4, 0x7fff_ffff).initialWindowSize());
    assertEquals(0, Settings.DEFAULT.with(4, 0).initialWindowSize());
    assertEquals(0xffff_ffffL, Settings.DEFAULT.with(1, 0xffff_ffffL).headerTableSize());
  }

  private static void assertRefused(int id, long value, ErrorCode code, String message) {
    var error = assertThrows(ConnectionError.class, () -> Settings.DEFAULT.with(id, value));
    assertEquals(code, error.code());
    assertEquals(message, error.getMessage());
  }
}
