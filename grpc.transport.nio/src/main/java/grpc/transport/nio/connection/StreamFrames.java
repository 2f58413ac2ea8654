package grpc.transport.nio.connection;

import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.hpack.HeaderSink;
import grpc.transport.nio.stream.Stream;

/** Receives the frames of streams, on the client or on the server. Loop only. */
public interface StreamFrames {
  /** {@return the reader for the fields of the header block that begins} */
  HeaderSink blockBegins();

  /** A header block is complete. */
  void blockEnds(int streamId, boolean endStream, boolean overLimit)
      throws ConnectionError, StreamError;

  /** A frame came on a stream that is not open: refuses it if the stream is idle. */
  void notOpen(int streamId) throws ConnectionError;

  /** DATA had END_STREAM. */
  void dataEnded(Stream stream);

  /** DATA came for a stream that is gone. */
  default void dataLate(int streamId, boolean endStream) throws StreamError {}

  /** RST_STREAM came for a stream that is open. */
  void reset(Stream stream, int code) throws ConnectionError;

  /** RST_STREAM came for a stream that is gone. */
  default void resetLate(int streamId) {}

  /** A stream's bytes cannot be read as messages; the stream has already failed. */
  default void unreadable(Stream stream) {}

  /** The peer broke a rule of a stream. */
  void violated(Stream stream, StreamError error);

  /**
   * The peer broke a rule of a stream; the stream is reset.
   *
   * @param wasOpen whether there was such a stream
   */
  default void madeToReset(boolean wasOpen) throws ConnectionError {}
}
