package grpc.transport.nio.frame;

import static grpc.transport.nio.frame.Frames.frame;
import static grpc.transport.nio.frame.Frames.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameReaderTest {
  private static final byte[] PING = frame(6, 0, 0, "0000000000000007");

  @Test
  void dataComesWithoutItsPadding() {
    assertEvents(List.of("DATA 1 6869 2"), frame(0, 0, 1, "6869"));
    assertEvents(List.of("DATA 1 6869 6 END"), frame(0, 0x9, 1, "03 6869 000000"));
    assertEvents(List.of("DATA 1  0 END"), frame(0, 0x1, 1, ""));
    assertEvents(List.of("DATA 1  1"), frame(0, 0x8, 1, "00"));
    assertEvents(List.of("DATA 1  3"), frame(0, 0x8, 1, "02 0000"));
  }

  @Test
  void dataPaddingAsLongAsThePayloadEndsTheConnection() {
    assertConnectionError("PROTOCOL_ERROR: DATA padding: 2", frame(0, 0x8, 1, "02 00"));
    assertConnectionError("FRAME_SIZE_ERROR: padded DATA length: 0", frame(0, 0x8, 1, ""));
  }

  @Test
  void headersComeWithoutPaddingAndPriority() {
    assertEvents(List.of("HEADERS 1 82 BLOCK"), frame(1, 0x4, 1, "82"));
    assertEvents(List.of("HEADERS 1 82 BLOCK END"), frame(1, 0x5, 1, "82"));
    assertEvents(List.of("HEADERS 1 82 BLOCK"), frame(1, 0xc, 1, "02 82 0000"));
    assertEvents(List.of("HEADERS 3 82 BLOCK"), frame(1, 0x24, 3, "80000001 ff 82"));
    assertEvents(List.of("HEADERS 3 82 BLOCK"), frame(1, 0x2c, 3, "01 00000001 ff 82 00"));
    assertEvents(List.of("HEADERS 1  BLOCK"), frame(1, 0xc, 1, "01 00"));
  }

  @Test
  void headersTooShortForTheirFlagsEndTheConnection() {
    assertConnectionError("PROTOCOL_ERROR: HEADERS padding: 2", frame(1, 0xc, 1, "02 82"));
    assertConnectionError("FRAME_SIZE_ERROR: padded HEADERS", frame(1, 0xc, 1, ""));
    assertConnectionError("FRAME_SIZE_ERROR: HEADERS with priority", frame(1, 0x24, 1, "00000003"));
  }

  @Test
  void selfDependencyResetsTheStreamAfterTheBlockIsDecoded() {
    String error =
        "stream error PROTOCOL_ERROR on stream 3: the stream's priority depends on itself";
    assertEvents(List.of("HEADERS 3 82 BLOCK", error), frame(1, 0x24, 3, "80000003 ff 82"));
    assertEvents(
        List.of(
            "HEADERS 3 82",
            "CONTINUATION 3 83 BLOCK",
            error,
            "HEADERS 5 82",
            "CONTINUATION 5  BLOCK"),
        frame(1, 0x20, 3, "00000003 ff 82"),
        frame(9, 0x4, 3, "83"),
        frame(1, 0, 5, "82"),
        frame(9, 0x4, 5, ""));
    assertEvents(List.of(error), frame(2, 0, 3, "00000003 00"));
  }

  @Test
  void nothingInterruptsAFieldBlock() {
    byte[] open = frame(1, 0, 1, "82");
    assertEvents(
        List.of("HEADERS 1 82", "CONTINUATION 1 83", "CONTINUATION 1 84 BLOCK", "PING 7"),
        open,
        frame(9, 0, 1, "83"),
        frame(9, 0x4, 1, "84"),
        PING);
    for (byte[] other :
        List.of(
            PING,
            frame(0, 0, 1, "00"),
            frame(1, 0x4, 1, "82"),
            frame(9, 0x4, 3, "82"),
            frame(0x42, 0, 1, ""))) {
      List<String> events = read(open, other);
      assertEquals(2, events.size());
      assertTrue(events.get(1).startsWith("connection error PROTOCOL_ERROR: "), events.get(1));
      assertTrue(events.get(1).endsWith("(expected: CONTINUATION on stream 1)"), events.get(1));
    }
  }

  @Test
  void continuationOutOfPlaceEndsTheConnection() {
    assertConnectionError("PROTOCOL_ERROR: CONTINUATION on stream 1", frame(9, 0x4, 1, "82"));
  }

  @Test
  void priorityIsCheckedAndTold() {
    assertEvents(List.of("PRIORITY 3"), frame(2, 0, 3, "00000001 00"));
    assertEvents(
        List.of(
            "stream error FRAME_SIZE_ERROR on stream 3: PRIORITY length: 4 (expected: 5)",
            "PING 7"),
        frame(2, 0, 3, "00000001"),
        PING);
  }

  @Test
  void resetTellsTheRawCode() {
    assertEvents(List.of("RST_STREAM 1 CANCEL"), frame(3, 0, 1, "00000008"));
    assertEvents(List.of("RST_STREAM 1 0xff"), frame(3, 0, 1, "000000ff"));
    assertConnectionError("FRAME_SIZE_ERROR: RST_STREAM length: 3", frame(3, 0, 1, "000000"));
  }

  @Test
  void settingsAreWholeEntries() {
    assertEvents(List.of("SETTINGS "), frame(4, 0, 0, ""));
    assertEvents(List.of("SETTINGS 000300000064"), frame(4, 0, 0, "0003 00000064"));
    assertEvents(List.of("SETTINGS ACK"), frame(4, 1, 0, ""));
    assertConnectionError("FRAME_SIZE_ERROR: SETTINGS length: 5", frame(4, 0, 0, "0003000000"));
    assertConnectionError(
        "FRAME_SIZE_ERROR: SETTINGS acknowledgement length: 6", frame(4, 1, 0, "0003 00000064"));
  }

  @Test
  void pingHasEightBytes() {
    assertEvents(List.of("PING 102030405060708"), frame(6, 0, 0, "0102030405060708"));
    assertEvents(List.of("PING 1 ACK"), frame(6, 1, 0, "0000000000000001"));
    assertConnectionError("FRAME_SIZE_ERROR: PING length: 7", frame(6, 0, 0, "00000000000000"));
  }

  @Test
  void goAwayMayCarryDebugData() {
    assertEvents(List.of("GOAWAY 5 NO_ERROR "), frame(7, 0, 0, "80000005 00000000"));
    assertEvents(
        List.of("GOAWAY 0 ENHANCE_YOUR_CALM 6869"), frame(7, 0, 0, "00000000 0000000b 6869"));
    assertConnectionError("FRAME_SIZE_ERROR: GOAWAY length: 7", frame(7, 0, 0, "00000000000000"));
  }

  @Test
  void windowUpdateOfZeroIsAnErrorOfItsOwner() {
    assertEvents(List.of("WINDOW_UPDATE 0 1"), frame(8, 0, 0, "80000001"));
    assertEvents(List.of("WINDOW_UPDATE 1 2147483647"), frame(8, 0, 1, "7fffffff"));
    assertConnectionError("PROTOCOL_ERROR: WINDOW_UPDATE increment: 0", frame(8, 0, 0, "00000000"));
    assertConnectionError("FRAME_SIZE_ERROR: WINDOW_UPDATE length: 3", frame(8, 0, 0, "000000"));
    String error =
        "stream error PROTOCOL_ERROR on stream 1: WINDOW_UPDATE increment: 0 (expected:"
            + " 1..2147483647)";
    assertEvents(List.of(error, "PING 7"), frame(8, 0, 1, "80000000"), PING);
  }

  @Test
  void pushPromiseIsToldIfItIsValid() {
    assertEvents(List.of("PUSH_PROMISE 1"), frame(5, 0x4, 1, "00000002 82"));
    assertEvents(List.of("PUSH_PROMISE 1"), frame(5, 0xc, 1, "01 00000002 82 00"));
    assertConnectionError("PROTOCOL_ERROR: promised stream: 3", frame(5, 0x4, 1, "00000003"));
    assertConnectionError("FRAME_SIZE_ERROR: PUSH_PROMISE length: 3", frame(5, 0x4, 1, "000000"));
  }

  @Test
  void unknownTypesAndFlagsAreIgnored() {
    assertEvents(List.of("UNKNOWN 66 9", "PING 7"), frame(0x42, 0xff, 9, "1234"), PING);
    assertEvents(List.of("PING 7"), frame(6, 0xfe, 0, "0000000000000007"));
  }

  @Test
  void framesOnTheWrongKindOfStreamEndTheConnection() {
    for (int type : new int[] {0, 1, 2, 3, 5}) {
      assertConnectionError("PROTOCOL_ERROR: ", frame(type, 0x4, 0, "0000000200"));
    }
    for (int type : new int[] {4, 6, 7}) {
      assertConnectionError("PROTOCOL_ERROR: ", frame(type, 0, 1, "0000000000000000"));
    }
  }

  @Test
  void frameLongerThanOurSettingEndsTheConnectionBeforeItComes() {
    byte[] header = ByteBuffer.allocate(9).putInt(16_385 << 8).put((byte) 0).putInt(1).array();
    assertConnectionError("FRAME_SIZE_ERROR: DATA length: 16385 (expected: at most 16384)", header);
  }

  @Test
  void reservedBitOfTheStreamIsIgnored() {
    assertEvents(List.of("DATA 1 68 1"), frame(0, 0, 0x8000_0001, "68"));
  }

  @Test
  void dataLongerThanTheBufferComesInPieces() throws ConnectionError {
    var pieces = new ArrayList<String>();
    var sink = new PieceLog(pieces);
    var reader = new FrameReader(1 << 20);
    var in = ByteBuffer.allocate(64);
    in.putInt(100 << 8).put((byte) 0x9).putInt(1).put((byte) 9).put(new byte[54]).flip();
    reader.read(in, sink);
    assertFalse(in.hasRemaining());
    in.clear().put(new byte[40]).flip();
    reader.read(in, sink);
    in.clear().put(new byte[5]).flip();
    reader.read(in, sink);
    assertEquals(List.of("54 of 55", "36 of 40", "0 of 5 END"), pieces);
  }

  @Test
  void streamErrorOfTheSinkDoesNotStopTheReading() {
    byte[] two = Frames.join(frame(0, 0, 1, "6869"), PING);
    var log = new EventLog();
    FrameSink refusing =
        new PieceLog(log.events) {
          @Override
          public void data(int streamId, ByteBuffer data, int flowControlled, boolean endStream)
              throws StreamError {
            throw new StreamError(streamId, ErrorCode.STREAM_CLOSED, "gone");
          }
        };
    var in = ByteBuffer.wrap(two);
    try {
      new FrameReader(16_384).read(in, refusing);
    } catch (ConnectionError e) {
      throw new AssertionError(e);
    }
    assertEquals(List.of("stream error STREAM_CLOSED on stream 1: gone", "PING"), log.events);
    assertFalse(in.hasRemaining());
  }

  @Test
  void connectionErrorOfTheSinkLeavesTheReader() {
    FrameSink angry =
        new PieceLog(new ArrayList<>()) {
          @Override
          public void ping(long opaque, boolean ack) throws ConnectionError {
            throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "too_many_pings");
          }
        };
    var reader = new FrameReader(16_384);
    assertThrows(ConnectionError.class, () -> reader.read(ByteBuffer.wrap(PING), angry));
  }

  private static void assertEvents(List<String> events, byte[]... frames) {
    assertEquals(events, read(frames));
  }

  private static void assertConnectionError(String beginning, byte[] frame) {
    List<String> events = read(frame);
    assertEquals(1, events.size(), events::toString);
    assertTrue(events.getFirst().startsWith("connection error " + beginning), events.getFirst());
  }
}
