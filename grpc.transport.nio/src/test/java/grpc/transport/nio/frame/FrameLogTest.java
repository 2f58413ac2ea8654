package grpc.transport.nio.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class FrameLogTest {
  @Test
  void columnsLineUp() {
    assertEquals(
        "<< 0x0000000f    12 HEADERS       END_STREAM|END_HEADERS",
        FrameLog.line("<<", 12, 1, 0x5, 15));
    assertEquals(">> 0x00000000     0 SETTINGS      ACK", FrameLog.line(">>", 0, 4, 0x1, 0));
    assertEquals(">> 0x00000001 16384 DATA", FrameLog.line(">>", 16_384, 0, 0, 1));
    assertEquals("<< 0x00000000     4 WINDOW_UPDATE", FrameLog.line("<<", 4, 8, 0, 0));
  }

  @Test
  void unknownTypesAndFlagsAreHexadecimal() {
    assertEquals("<< 0x00000003     2 0x42          0x81", FrameLog.line("<<", 2, 0x42, 0x81, 3));
    assertEquals("<< 0x00000000     8 PING          ACK|0x4", FrameLog.line("<<", 8, 6, 0x5, 0));
    assertEquals(
        "<< 0x00000001     8 HEADERS       PADDED|PRIORITY", FrameLog.line("<<", 8, 1, 0x28, 1));
  }
}
