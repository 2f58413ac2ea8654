package grpc.transport.nio.frame;

import java.nio.ByteBuffer;

/**
 * Receives the frames that a {@link FrameReader} reads, in their order.
 *
 * <p>A buffer given to a method is the read buffer itself, narrowed to the payload: it is valid
 * during the call only, and the method need not consume it. If a method throws {@link StreamError},
 * the reader calls {@link #streamError}; a {@link ConnectionError} ends the reading. After a
 * StreamError more frames and pieces of that stream may come: decode their field blocks, and count
 * their DATA for the connection.
 */
public interface FrameSink {
  /**
   * A frame of any type begins; the event of its own type follows. Log and count frames here.
   *
   * @param length the declared payload length in bytes
   * @param type the raw type code
   * @param flags the raw flags
   * @param streamId the stream, 0 for the connection
   */
  default void frame(int length, int type, int flags, int streamId) throws ConnectionError {}

  /**
   * A piece of a DATA frame, as much of it as has arrived: a frame longer than what the read buffer
   * holds comes as several calls. Padding counts for flow control (RFC 9113 §6.1) and may come as a
   * call of its own with no data.
   *
   * @param streamId the stream, never 0
   * @param data the piece, without padding; may be empty
   * @param flowControlled the bytes that this piece takes from the windows: its data and padding
   * @param endStream whether the frame has END_STREAM; true on its last piece only
   */
  void data(int streamId, ByteBuffer data, int flowControlled, boolean endStream)
      throws ConnectionError, StreamError;

  /**
   * A HEADERS frame.
   *
   * @param streamId the stream, never 0
   * @param fragment the (first part of the) field block, without padding and priority
   * @param endHeaders whether the field block ends here; else {@link #continuation} is next
   * @param endStream whether the stream ends after this field block
   */
  void headers(int streamId, ByteBuffer fragment, boolean endHeaders, boolean endStream)
      throws ConnectionError, StreamError;

  /**
   * A CONTINUATION frame of the field block that began before.
   *
   * @param streamId the stream of the HEADERS frame
   * @param fragment more of the field block
   * @param endHeaders whether the field block ends here
   */
  void continuation(int streamId, ByteBuffer fragment, boolean endHeaders)
      throws ConnectionError, StreamError;

  /** A valid PRIORITY frame; it needs no action; it is only counted. */
  void priority(int streamId) throws ConnectionError, StreamError;

  /** A RST_STREAM frame; the code is raw, see {@link ErrorCode#of}. */
  void rstStream(int streamId, int errorCode) throws ConnectionError, StreamError;

  /** A SETTINGS frame that is not an acknowledgement; see {@link Settings#with(ByteBuffer)}. */
  void settings(ByteBuffer entries) throws ConnectionError, StreamError;

  /** The peer has applied our SETTINGS. */
  void settingsAck() throws ConnectionError, StreamError;

  /**
   * A PUSH_PROMISE frame. Its field block is not delivered, so the sink must end the connection
   * (RFC 9113 §8.4: we disable push, and a client must not push).
   */
  void pushPromise(int streamId) throws ConnectionError, StreamError;

  /** A PING frame, or the answer to ours. */
  void ping(long opaque, boolean ack) throws ConnectionError, StreamError;

  /** A GOAWAY frame; the code is raw, see {@link ErrorCode#of}. */
  void goAway(int lastStreamId, int errorCode, ByteBuffer debug)
      throws ConnectionError, StreamError;

  /** A WINDOW_UPDATE frame with an increment of 1..2^31−1 bytes; stream 0 is the connection. */
  void windowUpdate(int streamId, int increment) throws ConnectionError, StreamError;

  /**
   * A frame of a type this implementation does not know; it is counted and otherwise ignored
   * (§5.5).
   */
  void unknown(int type, int streamId) throws ConnectionError, StreamError;

  /** A frame broke a rule of its stream: reset the stream, go on with the connection. */
  void streamError(StreamError error) throws ConnectionError;
}
