package grpc.transport.nio.frame;

import static grpc.transport.nio.frame.ErrorCode.FRAME_SIZE_ERROR;
import static grpc.transport.nio.frame.ErrorCode.PROTOCOL_ERROR;
import static grpc.transport.nio.frame.FrameRules.paddingTooLong;
import static grpc.transport.nio.frame.FrameRules.requireConnection;
import static grpc.transport.nio.frame.FrameRules.requireLength;
import static grpc.transport.nio.frame.FrameRules.requireStream;
import static grpc.transport.nio.frame.FrameRules.wrongLength;

import java.nio.ByteBuffer;

/**
 * Cuts the bytes of a connection into frames and checks each by itself (RFC 9113 §4 and §6): stream
 * identifier, length, padding, and that no other frame interrupts a field block. The sink checks
 * the rules that depend on the state of a stream or of the connection.
 *
 * <p>Owned by one reading thread; allocates no object unless a rule is broken. DATA is delivered in
 * pieces as it arrives; every other frame when it is complete. So the read buffer must hold at
 * least {@link FrameWriter#HEADER_SIZE} + {@code maxFrameSize} bytes.
 */
public final class FrameReader {
  private static final int HEADER_SIZE = FrameWriter.HEADER_SIZE;
  private static final int NO_STREAM = 0;
  private static final int PRIORITY_SIZE = 5;

  private final int maxFrameSize;

  /** The stream whose field block is unfinished; only its CONTINUATION may come (§6.10). */
  private int blockStream = NO_STREAM;

  /** Whether the unfinished field block's HEADERS made the stream depend on itself. */
  private boolean blockDependsOnItself;

  private final DataPieces data = new DataPieces();

  /**
   * A reader at the start of a frame.
   *
   * @param maxFrameSize our SETTINGS_MAX_FRAME_SIZE in bytes; longer frames end the connection
   */
  public FrameReader(int maxFrameSize) {
    this.maxFrameSize = maxFrameSize;
  }

  /**
   * Reads all complete frames, and the received part of a DATA frame. The rest of the buffer is the
   * beginning of the next frame: keep it (compact) and call again when more bytes come.
   *
   * @param in the bytes received, big-endian
   * @throws ConnectionError if a broken rule ends the connection; then read no more
   */
  public void read(ByteBuffer in, FrameSink sink) throws ConnectionError {
    int limit = in.limit();
    while (true) {
      try {
        if (data.pending()) {
          data.deliver(in, sink, limit, 0);
          if (data.pending()) {
            return;
          }
        }
        if (!readFrame(in, sink, limit)) {
          return;
        }
      } catch (StreamError e) {
        sink.streamError(e);
      }
    }
  }

  /** Reads one frame, or the beginning of a DATA frame; false if the buffer holds too little. */
  private boolean readFrame(ByteBuffer in, FrameSink sink, int limit)
      throws ConnectionError, StreamError {
    int start = in.position();
    int available = limit - start - HEADER_SIZE;
    if (available < 0) {
      return false;
    }
    int lengthAndType = in.getInt(start);
    int length = lengthAndType >>> 8;
    int type = lengthAndType & 0xff;
    int flags = in.get(start + 4);
    int stream = in.getInt(start + 5) & Integer.MAX_VALUE; // the reserved bit is ignored, §4.1
    if (length > maxFrameSize) {
      throw tooLong(type, length); // §4.2
    }
    if (blockStream != NO_STREAM) {
      checkContinues(type, stream);
    }
    if (type == FrameType.DATA.code()) {
      return beginData(in, sink, limit, length, flags, stream);
    }
    if (available < length) {
      return false;
    }

    int payload = start + HEADER_SIZE;
    int end = payload + length;
    in.limit(end).position(payload);
    try {
      sink.frame(length, type, flags & 0xff, stream);
      dispatch(in, sink, length, type, flags, stream);
    } finally {
      in.limit(limit).position(end);
    }
    return true;
  }

  /** Checks a whole frame of a type other than DATA. */
  private void dispatch(ByteBuffer in, FrameSink sink, int length, int type, int flags, int stream)
      throws ConnectionError, StreamError {
    switch (FrameType.of(type)) {
      case HEADERS -> headers(in, sink, flags, stream);
      case PRIORITY -> priority(in, sink, length, stream);
      case RST_STREAM -> {
        requireStream("RST_STREAM", stream);
        requireLength("RST_STREAM", length, 4); // §6.4
        sink.rstStream(stream, in.getInt());
      }
      case SETTINGS -> settings(in, sink, length, flags, stream);
      case PUSH_PROMISE -> pushPromise(in, sink, flags, stream);
      case PING -> {
        requireConnection("PING", stream);
        requireLength("PING", length, 8); // §6.7
        sink.ping(in.getLong(), Flags.has(flags, Flags.ACK));
      }
      case GOAWAY -> {
        requireConnection("GOAWAY", stream);
        if (length < 8) {
          throw wrongLength("GOAWAY", length, "8 or more"); // §6.8
        }
        int last = in.getInt() & Integer.MAX_VALUE;
        sink.goAway(last, in.getInt(), in);
      }
      case WINDOW_UPDATE -> windowUpdate(in, sink, length, stream);
      case CONTINUATION -> continuation(in, sink, flags, stream);
      case DATA -> throw new AssertionError("DATA is read in pieces");
      case null -> sink.unknown(type, stream);
    }
  }

  /** Takes the header, and the pad length if there is one, then delivers the received data. */
  private boolean beginData(
      ByteBuffer in, FrameSink sink, int limit, int length, int flags, int stream)
      throws ConnectionError, StreamError {
    int payload = in.position() + HEADER_SIZE;
    int padding = 0;
    int overhead = 0;
    requireStream("DATA", stream); // §6.1
    if (Flags.has(flags, Flags.PADDED)) {
      if (length == 0) {
        throw wrongLength("padded DATA", length, "1 or more");
      }
      if (payload == limit) {
        return false;
      }
      overhead = 1;
      padding = in.get(payload) & 0xff;
      if (padding >= length) {
        throw paddingTooLong("DATA", padding, length - 1); // §6.1
      }
    }
    in.position(payload + overhead);
    boolean endsStream = Flags.has(flags, Flags.END_STREAM);
    data.begin(stream, length - overhead - padding, padding, endsStream);
    sink.frame(length, FrameType.DATA.code(), flags & 0xff, stream);
    data.deliver(in, sink, limit, overhead);
    return !data.pending();
  }

  private void headers(ByteBuffer in, FrameSink sink, int flags, int stream)
      throws ConnectionError, StreamError {
    requireStream("HEADERS", stream); // §6.2
    stripPadding(in, flags, "HEADERS");
    boolean dependsOnItself = false;
    if (Flags.has(flags, Flags.PRIORITY)) {
      int left = in.remaining();
      if (left < PRIORITY_SIZE) {
        throw wrongLength("HEADERS with priority", left, "5 or more");
      }
      dependsOnItself = (in.getInt() & Integer.MAX_VALUE) == stream;
      in.get();
    }
    boolean endHeaders = Flags.has(flags, Flags.END_HEADERS);
    if (!endHeaders) {
      blockStream = stream;
      blockDependsOnItself = dependsOnItself;
    }
    sink.headers(stream, in, endHeaders, Flags.has(flags, Flags.END_STREAM));
    if (endHeaders && dependsOnItself) {
      throw dependsOnItself(stream);
    }
  }

  private void continuation(ByteBuffer in, FrameSink sink, int flags, int stream)
      throws ConnectionError, StreamError {
    if (blockStream == NO_STREAM) { // §6.10
      throw new ConnectionError(
          PROTOCOL_ERROR, "CONTINUATION on stream " + stream + " without an open field block");
    }
    boolean endHeaders = Flags.has(flags, Flags.END_HEADERS);
    if (endHeaders) {
      blockStream = NO_STREAM;
    }
    sink.continuation(stream, in, endHeaders);
    if (endHeaders && blockDependsOnItself) {
      blockDependsOnItself = false;
      throw dependsOnItself(stream);
    }
  }

  private static void priority(ByteBuffer in, FrameSink sink, int length, int stream)
      throws ConnectionError, StreamError {
    requireStream("PRIORITY", stream);
    if (length != PRIORITY_SIZE) { // §6.3: an error of the stream, not of the connection
      throw new StreamError(
          stream, FRAME_SIZE_ERROR, "PRIORITY length: " + length + " (expected: 5)");
    }
    if ((in.getInt() & Integer.MAX_VALUE) == stream) {
      throw dependsOnItself(stream);
    }
    sink.priority(stream);
  }

  private static void settings(ByteBuffer in, FrameSink sink, int length, int flags, int stream)
      throws ConnectionError, StreamError {
    requireConnection("SETTINGS", stream); // §6.5
    if (Flags.has(flags, Flags.ACK)) {
      requireLength("SETTINGS acknowledgement", length, 0);
      sink.settingsAck();
      return;
    }
    if (length % Settings.ENTRY_SIZE != 0) {
      throw wrongLength("SETTINGS", length, "a multiple of 6");
    }
    sink.settings(in);
  }

  private void pushPromise(ByteBuffer in, FrameSink sink, int flags, int stream)
      throws ConnectionError, StreamError {
    requireStream("PUSH_PROMISE", stream); // §6.6
    stripPadding(in, flags, "PUSH_PROMISE");
    if (in.remaining() < 4) {
      throw wrongLength("PUSH_PROMISE", in.remaining(), "4 or more");
    }
    int promised = in.getInt() & Integer.MAX_VALUE;
    if (promised == 0 || (promised & 1) == 1) { // §5.1.1
      throw new ConnectionError(
          PROTOCOL_ERROR, "promised stream: " + promised + " (expected: an even number)");
    }
    if (!Flags.has(flags, Flags.END_HEADERS)) {
      blockStream = stream;
    }
    sink.pushPromise(stream);
  }

  private static void windowUpdate(ByteBuffer in, FrameSink sink, int length, int stream)
      throws ConnectionError, StreamError {
    requireLength("WINDOW_UPDATE", length, 4); // §6.9
    int increment = in.getInt() & Integer.MAX_VALUE;
    if (increment == 0) { // §6.9
      String message = "WINDOW_UPDATE increment: 0 (expected: 1..2147483647)";
      if (stream == 0) {
        throw new ConnectionError(PROTOCOL_ERROR, message);
      }
      throw new StreamError(stream, PROTOCOL_ERROR, message);
    }
    sink.windowUpdate(stream, increment);
  }

  /** Narrows the payload to the bytes between the pad length and the padding (§6.2). */
  private static void stripPadding(ByteBuffer in, int flags, String type) throws ConnectionError {
    if (!Flags.has(flags, Flags.PADDED)) {
      return;
    }
    if (!in.hasRemaining()) {
      throw wrongLength("padded " + type, 0, "1 or more");
    }
    int padding = in.get() & 0xff;
    if (padding > in.remaining()) {
      throw paddingTooLong(type, padding, in.remaining());
    }
    in.limit(in.limit() - padding);
  }

  private void checkContinues(int type, int stream) throws ConnectionError {
    if (type != FrameType.CONTINUATION.code() || stream != blockStream) { // §6.10
      throw new ConnectionError(
          PROTOCOL_ERROR,
          FrameType.describe(type)
              + " on stream "
              + stream
              + " inside a field block (expected: CONTINUATION on stream "
              + blockStream
              + ")");
    }
  }

  private ConnectionError tooLong(int type, int length) {
    return wrongLength(FrameType.describe(type), length, "at most " + maxFrameSize);
  }

  private static StreamError dependsOnItself(int stream) {
    return new StreamError(stream, PROTOCOL_ERROR, "the stream's priority depends on itself");
  }
}
