package grpc.transport.nio.frame;

import java.nio.ByteBuffer;

/**
 * Writes frames into a buffer (RFC 9113 §4.1 and §6). The buffer must be big-endian and have room:
 * each method states its need; with less room it throws {@link java.nio.BufferOverflowException}.
 */
public final class FrameWriter {
  /** Bytes of a frame header. */
  public static final int HEADER_SIZE = 9;

  /** Most bytes that {@link #settings} writes. */
  public static final int SETTINGS_SIZE = HEADER_SIZE + 6 * Settings.ENTRY_SIZE;

  /** Bytes of a PING frame. */
  public static final int PING_SIZE = HEADER_SIZE + 8;

  /** Bytes of a RST_STREAM frame. */
  public static final int RST_STREAM_SIZE = HEADER_SIZE + 4;

  /** Bytes of a WINDOW_UPDATE frame. */
  public static final int WINDOW_UPDATE_SIZE = HEADER_SIZE + 4;

  /** Bytes of a GOAWAY frame without debug data. */
  public static final int GOAWAY_SIZE = HEADER_SIZE + 8;

  private final FrameLog log;

  /**
   * The writer of one connection.
   *
   * @param log logs each frame
   */
  public FrameWriter(FrameLog log) {
    this.log = log;
  }

  /**
   * Writes the {@link #HEADER_SIZE} bytes before a payload.
   *
   * @param length the payload's length in bytes, at most 2^24 − 1
   */
  public void frameHeader(ByteBuffer out, int length, FrameType type, int flags, int streamId) {
    log.sent(length, type.code(), flags, streamId);
    out.putInt(length << 8 | type.code());
    out.put((byte) flags);
    out.putInt(streamId);
  }

  /**
   * Overwrites a reserved header, for payloads with a length that is known only afterwards.
   *
   * @param at the position of the header's first byte
   */
  public void frameHeader(
      ByteBuffer out, int at, int length, FrameType type, int flags, int streamId) {
    log.sent(length, type.code(), flags, streamId);
    out.putInt(at, length << 8 | type.code());
    out.put(at + 4, (byte) flags);
    out.putInt(at + 5, streamId);
  }

  /**
   * Writes SETTINGS with the values that differ from {@link Settings#DEFAULT}: {@link
   * #SETTINGS_SIZE}.
   */
  public void settings(ByteBuffer out, Settings ours) {
    Settings initial = Settings.DEFAULT;
    int header = out.position();
    out.putLong(0).put((byte) 0); // the header comes last
    entry(out, Settings.HEADER_TABLE_SIZE, ours.headerTableSize(), initial.headerTableSize());
    entry(out, Settings.ENABLE_PUSH, ours.enablePush() ? 1 : 0, initial.enablePush() ? 1 : 0);
    entry(
        out,
        Settings.MAX_CONCURRENT_STREAMS,
        ours.maxConcurrentStreams(),
        initial.maxConcurrentStreams());
    entry(out, Settings.INITIAL_WINDOW_SIZE, ours.initialWindowSize(), initial.initialWindowSize());
    entry(out, Settings.MAX_FRAME_SIZE, ours.maxFrameSize(), initial.maxFrameSize());
    entry(
        out, Settings.MAX_HEADER_LIST_SIZE, ours.maxHeaderListSize(), initial.maxHeaderListSize());
    int length = out.position() - header - HEADER_SIZE;
    frameHeader(out, header, length, FrameType.SETTINGS, Flags.NONE, 0);
  }

  /** Writes the acknowledgement of the peer's SETTINGS: {@link #HEADER_SIZE} bytes. */
  public void settingsAck(ByteBuffer out) {
    frameHeader(out, 0, FrameType.SETTINGS, Flags.ACK, 0);
  }

  /** Writes a PING: {@link #PING_SIZE} bytes. */
  public void ping(ByteBuffer out, long opaque, boolean ack) {
    frameHeader(out, 8, FrameType.PING, ack ? Flags.ACK : Flags.NONE, 0);
    out.putLong(opaque);
  }

  /** Writes a GOAWAY: {@link #GOAWAY_SIZE} bytes and the debug data, which is not consumed. */
  public void goAway(ByteBuffer out, int lastStreamId, ErrorCode code, byte[] debug) {
    frameHeader(out, 8 + debug.length, FrameType.GOAWAY, Flags.NONE, 0);
    out.putInt(lastStreamId);
    out.putInt(code.code());
    out.put(debug);
  }

  /** Writes a RST_STREAM: {@link #RST_STREAM_SIZE} bytes. */
  public void rstStream(ByteBuffer out, int streamId, ErrorCode code) {
    frameHeader(out, 4, FrameType.RST_STREAM, Flags.NONE, streamId);
    out.putInt(code.code());
  }

  /** Writes a WINDOW_UPDATE of 1..2^31−1 bytes: {@link #WINDOW_UPDATE_SIZE} bytes. */
  public void windowUpdate(ByteBuffer out, int streamId, int increment) {
    frameHeader(out, 4, FrameType.WINDOW_UPDATE, Flags.NONE, streamId);
    out.putInt(increment);
  }

  private static void entry(ByteBuffer out, int id, long value, long before) {
    if (value == before) {
      return;
    }
    out.putShort((short) id);
    out.putInt((int) value);
  }
}
