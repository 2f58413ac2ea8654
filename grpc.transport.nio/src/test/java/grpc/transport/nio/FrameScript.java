package grpc.transport.nio;

import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Flags;
import grpc.transport.nio.frame.FrameLog;
import grpc.transport.nio.frame.FrameType;
import grpc.transport.nio.frame.FrameWriter;
import grpc.transport.nio.frame.Preface;
import grpc.transport.nio.hpack.HpackEncoder;
import grpc.transport.nio.hpack.Indexing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Frames that are written one after another, right or wrong, into memory.
 *
 * @param <P> what writes them, and goes on writing
 */
abstract class FrameScript<P> {
  private static final FrameWriter FRAMES = new FrameWriter(new FrameLog(() -> "a script"));

  /** What was written since it was played last. */
  final ByteBuffer out = ByteBuffer.allocate(4 << 20);

  private final HpackEncoder encoder = new HpackEncoder(0);

  abstract P self();

  public P preface() {
    Preface.write(out);
    return self();
  }

  public P raw(byte... bytes) {
    out.put(bytes);
    return self();
  }

  public P frame(int type, int flags, int stream, byte... bytes) {
    out.putInt(bytes.length << 8 | type).put((byte) flags).putInt(stream).put(bytes);
    return self();
  }

  /** SETTINGS of identifiers and values in turn. */
  public P settings(int... entries) {
    FRAMES.frameHeader(out, entries.length * 3, FrameType.SETTINGS, Flags.NONE, 0);
    for (int i = 0; i < entries.length; i += 2) {
      out.putShort((short) entries[i]).putInt(entries[i + 1]);
    }
    return self();
  }

  public P settingsAck() {
    FRAMES.settingsAck(out);
    return self();
  }

  /** A whole header block of names and values in turn. */
  public P headers(int stream, boolean end, String... fields) {
    return frame(
        FrameType.HEADERS.code(),
        Flags.END_HEADERS | (end ? Flags.END_STREAM : 0),
        stream,
        block(fields));
  }

  /** The header block of a gRPC request. */
  public P request(int stream, boolean end, String path, String... more) {
    return headers(stream, end, requestFields(path, more));
  }

  static String[] requestFields(String path, String... more) {
    String[] usual = {
      ":method",
      "POST",
      ":scheme",
      "http",
      ":path",
      path,
      ":authority",
      "a",
      "te",
      "trailers",
      "content-type",
      "application/grpc"
    };
    String[] all = Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return all;
  }

  /** {@return the fields as HPACK without a table} */
  public byte[] block(String... fields) {
    var block = ByteBuffer.allocate(1 << 20);
    encoder.beginBlock(block);
    for (int i = 0; i < fields.length; i += 2) {
      encoder.encode(block, fields[i], fields[i + 1], Indexing.NO_INDEX);
    }
    byte[] bytes = new byte[block.flip().remaining()];
    block.get(bytes);
    return bytes;
  }

  public P data(int stream, boolean end, byte... bytes) {
    return frame(FrameType.DATA.code(), end ? Flags.END_STREAM : 0, stream, bytes);
  }

  /** DATA with a whole message of so many bytes. */
  public P message(int stream, boolean end, int size) {
    return data(stream, end, prefixed(size));
  }

  /** {@return a message of zeros with its prefix} */
  public static byte[] prefixed(int size) {
    return ByteBuffer.allocate(5 + size).put((byte) 0).putInt(size).array();
  }

  public P ping(long opaque, boolean ack) {
    FRAMES.ping(out, opaque, ack);
    return self();
  }

  public P reset(int stream, ErrorCode code) {
    FRAMES.rstStream(out, stream, code);
    return self();
  }

  public P windowUpdate(int stream, int increment) {
    FRAMES.windowUpdate(out, stream, increment);
    return self();
  }

  public P goAway(int last, ErrorCode code, String debug) {
    FRAMES.goAway(out, last, code, debug.getBytes(StandardCharsets.US_ASCII));
    return self();
  }
}
