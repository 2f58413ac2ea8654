package grpc.transport.nio.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import grpc.transport.nio.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames with what must be read from them (the http2-frame-test-case collection). */
final class FrameVectorsTest {
  @Test
  void everyFrameIsReadAsDescribed() throws IOException {
    int frames = 0;
    for (Path file : SharedData.jsonFiles("http2-frames")) {
      JsonObject vector = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      byte[] wire = Frames.bytes(vector.get("wire").getAsString());
      boolean continues = wire[3] == FrameType.CONTINUATION.code();
      List<String> events =
          continues ? Frames.read(Frames.frame(1, 0, wire[8], ""), wire) : Frames.read(wire);
      assertEquals(continues ? 2 : 1, events.size(), file::toString);
      if (vector.get("error").isJsonNull()) {
        assertEquals(expected(vector.getAsJsonObject("frame")), events.getLast(), file::toString);
      } else {
        assertError(vector, events.getFirst());
      }
      frames++;
    }
    assertTrue(frames > 30, "frames: " + frames);
  }

  private static void assertError(JsonObject vector, String event) {
    boolean allowed = false;
    for (JsonElement code : vector.getAsJsonArray("error")) {
      allowed |= event.contains("error " + ErrorCode.of(code.getAsInt()));
    }
    assertTrue(allowed, () -> vector.get("description") + ": " + event);
  }

  private static String expected(JsonObject frame) {
    JsonObject payload = frame.getAsJsonObject("frame_payload");
    int flags = frame.get("flags").getAsInt();
    String stream = frame.get("stream_identifier").getAsString();
    String block = (flags & 4) != 0 ? " BLOCK" : "";
    String end = (flags & 1) != 0 ? " END" : "";
    return switch (frame.get("type").getAsInt()) {
      case 0 ->
          "DATA "
              + stream
              + " "
              + hex(payload, "data")
              + " "
              + frame.get("length").getAsInt()
              + end;
      case 1 -> "HEADERS " + stream + " " + hex(payload, "header_block_fragment") + block + end;
      case 2 -> "PRIORITY " + stream;
      case 3 -> "RST_STREAM " + stream + " " + error(payload);
      case 4 -> "SETTINGS " + settings(payload);
      case 5 -> "PUSH_PROMISE " + stream;
      case 6 -> "PING " + hex(payload, "opaque_data") + ((flags & 1) != 0 ? " ACK" : "");
      case 7 ->
          "GOAWAY "
              + payload.get("last_stream_id").getAsInt()
              + " "
              + error(payload)
              + " "
              + hex(payload, "additional_debug_data");
      case 8 -> "WINDOW_UPDATE " + stream + " " + payload.get("window_size_increment").getAsInt();
      default -> "CONTINUATION " + stream + " " + hex(payload, "header_block_fragment") + block;
    };
  }

  private static String error(JsonObject payload) {
    return ErrorCode.describe(payload.get("error_code").getAsInt());
  }

  private static String settings(JsonObject payload) {
    var hex = new StringBuilder();
    for (JsonElement entry : payload.getAsJsonArray("settings")) {
      int id = entry.getAsJsonArray().get(0).getAsInt();
      hex.append("%04x%08x".formatted(id, entry.getAsJsonArray().get(1).getAsInt()));
    }
    return hex.toString();
  }

  private static String hex(JsonObject payload, String name) {
    byte[] text = payload.get(name).getAsString().getBytes(StandardCharsets.ISO_8859_1);
    return HexFormat.of().formatHex(text);
  }
}
