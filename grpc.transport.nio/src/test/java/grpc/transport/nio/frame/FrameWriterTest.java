package grpc.transport.nio.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameWriterTest {
  private final FrameWriter writer = new FrameWriter(new FrameLog(() -> "a test"));
  private final ByteBuffer out = ByteBuffer.allocateDirect(1024);

  @Test
  void whatIsWrittenIsRead() throws ConnectionError {
    writer.settingsAck(out);
    writer.ping(out, 0x123456789abcdefL, true);
    writer.ping(out, -1, false);
    writer.rstStream(out, 7, ErrorCode.REFUSED_STREAM);
    writer.windowUpdate(out, 0, Integer.MAX_VALUE);
    writer.goAway(out, 5, ErrorCode.NO_ERROR, "max_age".getBytes(StandardCharsets.US_ASCII));
    writer.frameHeader(out, 2, FrameType.DATA, Flags.END_STREAM, 9);
    out.putShort((short) 0x6869);
    assertEquals(
        List.of(
            "SETTINGS ACK",
            "PING 123456789abcdef ACK",
            "PING ffffffffffffffff",
            "RST_STREAM 7 REFUSED_STREAM",
            "WINDOW_UPDATE 0 2147483647",
            "GOAWAY 5 NO_ERROR 6d61785f616765",
            "DATA 9 6869 2 END"),
        readBack());
  }

  @Test
  void sizesAreAsAnnounced() {
    writer.ping(out, 1, false);
    assertEquals(FrameWriter.PING_SIZE, out.position());
    out.clear();
    writer.rstStream(out, 1, ErrorCode.CANCEL);
    assertEquals(FrameWriter.RST_STREAM_SIZE, out.position());
    out.clear();
    writer.windowUpdate(out, 1, 1);
    assertEquals(FrameWriter.WINDOW_UPDATE_SIZE, out.position());
    out.clear();
    writer.goAway(out, 1, ErrorCode.NO_ERROR, new byte[0]);
    assertEquals(FrameWriter.GOAWAY_SIZE, out.position());
    out.clear();
    writer.settings(out, new Settings(1, false, 2, 3, 20_000, 4));
    assertEquals(FrameWriter.SETTINGS_SIZE, out.position());
  }

  @Test
  void settingsTellOnlyWhatDiffers() throws ConnectionError {
    writer.settings(out, Settings.DEFAULT);
    writer.settings(out, new Settings(4096, false, 100, 65_535, 16_384, 8192));
    assertEquals(
        List.of("SETTINGS ", "SETTINGS 000200000000" + "000300000064" + "000600002000"),
        readBack());
  }

  @Test
  void settingsSurviveTheWire() throws ConnectionError {
    var ours = new Settings(0xffff_fffeL, false, 0, Integer.MAX_VALUE, 16_777_215, 1);
    writer.settings(out, ours);
    out.flip().position(FrameWriter.HEADER_SIZE);
    assertEquals(ours, Settings.DEFAULT.with(out));
  }

  @Test
  void headerMayBeFilledInAfterwards() throws ConnectionError {
    int header = out.position();
    out.position(header + FrameWriter.HEADER_SIZE).put((byte) 0x82);
    writer.frameHeader(out, header, 1, FrameType.HEADERS, Flags.END_HEADERS | Flags.END_STREAM, 3);
    assertEquals(List.of("HEADERS 3 82 BLOCK END"), readBack());
  }

  private List<String> readBack() throws ConnectionError {
    var log = new EventLog();
    new FrameReader(Frames.MAX_FRAME_SIZE).read(out.flip(), log);
    return log.events;
  }
}
