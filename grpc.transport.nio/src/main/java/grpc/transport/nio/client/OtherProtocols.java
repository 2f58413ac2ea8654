package grpc.transport.nio.client;

import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Recognizes a server that does not speak plain HTTP/2 by its first bytes. On the loop. */
final class OtherProtocols {
  /** The end of the message when a server closes the connection before it sends a byte. */
  static final String HINT =
      " before the server's SETTINGS came; does it expect TLS, or another protocol?";

  private static final byte[] TLS_ALERT = {0x15, 0x03};
  private static final byte[] HTTP_1 = "HTTP/1".getBytes(StandardCharsets.US_ASCII);

  private boolean passed;

  /**
   * {@return whether enough bytes have come to recognize HTTP/2 frames} Consumes no byte.
   *
   * @throws ConnectionError if they are something else
   */
  boolean passedBy(ByteBuffer in) throws ConnectionError {
    if (passed) {
      return true;
    }
    if (begins(in, TLS_ALERT)) {
      throw new ConnectionError(
          ErrorCode.PROTOCOL_ERROR, "the server answers by TLS; this channel speaks plaintext");
    }
    if (begins(in, HTTP_1)) {
      throw new ConnectionError(
          ErrorCode.PROTOCOL_ERROR, "the server answers by HTTP/1; gRPC needs HTTP/2");
    }
    passed = in.remaining() >= HTTP_1.length;
    return passed;
  }

  private static boolean begins(ByteBuffer in, byte[] bytes) {
    if (in.remaining() < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (in.get(in.position() + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
