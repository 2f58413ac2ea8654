package grpc.transport.nio.frame;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** Builds frames from hexadecimal payloads and reads them as a connection would. */
final class Frames {
  static final int MAX_FRAME_SIZE = 16_384;

  private Frames() {}

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  /** A frame with its true length. */
  static byte[] frame(int type, int flags, int stream, String payload) {
    byte[] bytes = bytes(payload);
    return ByteBuffer.allocate(9 + bytes.length)
        .putInt(bytes.length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .put(bytes)
        .array();
  }

  static byte[] join(byte[]... frames) {
    int length = 0;
    for (byte[] frame : frames) {
      length += frame.length;
    }
    var all = ByteBuffer.allocate(length);
    for (byte[] frame : frames) {
      all.put(frame);
    }
    return all.array();
  }

  /** What a reader tells of these bytes arriving at once; a connection error is the last event. */
  static List<String> read(byte[]... frames) {
    byte[] all = join(frames);
    return readInSteps(all, all.length);
  }

  /** What a reader tells of bytes that arrive so many at a time. */
  static List<String> readInSteps(byte[] all, int step) {
    var log = new EventLog();
    var reader = new FrameReader(MAX_FRAME_SIZE);
    var in = ByteBuffer.allocate(65_536);
    int at = 0;
    try {
      while (at < all.length) {
        int length = Math.min(step, all.length - at);
        in.put(all, at, length).flip();
        reader.read(in, log);
        in.compact();
        at += length;
      }
    } catch (ConnectionError e) {
      log.add(e.toString());
    }
    return log.events;
  }
}
