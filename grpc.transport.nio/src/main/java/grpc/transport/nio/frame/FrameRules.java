package grpc.transport.nio.frame;

import static grpc.transport.nio.frame.ErrorCode.FRAME_SIZE_ERROR;
import static grpc.transport.nio.frame.ErrorCode.PROTOCOL_ERROR;

/** The rules of RFC 9113 §6 that frames of several types share, and their errors. */
final class FrameRules {
  private FrameRules() {}

  static void requireStream(String type, int stream) throws ConnectionError {
    if (stream == 0) {
      throw new ConnectionError(PROTOCOL_ERROR, type + " on stream 0 (expected: a stream)");
    }
  }

  static void requireConnection(String type, int stream) throws ConnectionError {
    if (stream != 0) {
      throw new ConnectionError(
          PROTOCOL_ERROR, type + " on stream " + stream + " (expected: stream 0)");
    }
  }

  static void requireLength(String type, int length, int expected) throws ConnectionError {
    if (length != expected) {
      throw wrongLength(type, length, Integer.toString(expected));
    }
  }

  static ConnectionError wrongLength(String type, int length, String expected) {
    return new ConnectionError(
        FRAME_SIZE_ERROR, type + " length: " + length + " (expected: " + expected + ")");
  }

  static ConnectionError paddingTooLong(String type, int padding, int most) {
    return new ConnectionError(
        PROTOCOL_ERROR, type + " padding: " + padding + " (expected: at most " + most + ")");
  }
}
