package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Flags;
import grpc.transport.nio.hpack.HpackDecoder;
import grpc.transport.nio.hpack.HpackException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** Tells each frame of a connection in a line. */
public final class FrameLines {
  private final HpackDecoder decoder = new HpackDecoder(4096, 1 << 20);

  /** {@return the line of a frame} */
  public String line(String type, int flags, int stream, byte[] payload) throws IOException {
    var body = ByteBuffer.wrap(payload);
    boolean bit0 = (flags & Flags.END_STREAM) != 0;
    return switch (type) {
      case "DATA" -> type + " " + stream + " " + payload.length + (bit0 ? " END_STREAM" : "");
      case "HEADERS", "CONTINUATION" ->
          type
              + " "
              + stream
              + (bit0 ? " END_STREAM" : "")
              + ((flags & Flags.END_HEADERS) != 0 ? " " : " ... ")
              + fields(body, (flags & Flags.END_HEADERS) != 0);
      case "RST_STREAM" -> type + " " + stream + " " + ErrorCode.describe(body.getInt());
      case "SETTINGS" -> type + (bit0 ? " ACK" : settings(body));
      case "PING" -> type + (bit0 ? " ACK " : " ") + Long.toHexString(body.getLong());
      case "GOAWAY" -> {
        assertEquals(0, stream);
        yield type
            + " "
            + body.getInt()
            + " "
            + ErrorCode.describe(body.getInt())
            + ": "
            + StandardCharsets.UTF_8.decode(body);
      }
      case "WINDOW_UPDATE" -> type + " " + stream + " " + body.getInt();
      default -> type + " " + stream;
    };
  }

  private String fields(ByteBuffer block, boolean end) throws IOException {
    var fields = new StringJoiner(" ");
    try {
      decoder.decode(block, (name, value, neverIndexed) -> fields.add(name + "=" + value));
      if (end) {
        decoder.endHeaders();
      }
    } catch (HpackException e) {
      throw new IOException(e);
    }
    return fields.toString();
  }

  private static String settings(ByteBuffer body) {
    var entries = new StringBuilder();
    while (body.hasRemaining()) {
      entries.append(' ').append(body.getShort()).append('=').append(body.getInt());
    }
    return entries.toString();
  }
}
