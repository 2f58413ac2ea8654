package grpc.transport.nio.stream;

import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.StreamError;

/** Checks a stream's DATA against its {@code content-length}. Loop only. */
final class DeclaredLength {
  private final long declared;
  private long left;

  DeclaredLength(long declared) {
    this.declared = declared;
    this.left = declared;
  }

  /** Counts DATA, without padding. */
  void received(int streamId, int bytes) throws StreamError {
    left -= bytes;
    if (left < 0) {
      throw contradicted(streamId, "more");
    }
  }

  /** The peer's half has ended. */
  void ended(int streamId) throws StreamError {
    if (left > 0) {
      throw contradicted(streamId, "fewer");
    }
  }

  private StreamError contradicted(int streamId, String word) { // RFC 9113 §8.1.1
    return new StreamError(
        streamId,
        ErrorCode.PROTOCOL_ERROR,
        "DATA has " + word + " bytes than content-length says: " + declared);
  }
}
