package grpc.transport.nio.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The client connection preface (RFC 9113 §3.4), checked byte by byte as it arrives, so that a peer
 * with another protocol is refused at its first wrong byte. One instance per connection.
 */
public final class Preface {
  private static final byte[] BYTES =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Bytes of the preface. */
  public static final int SIZE = 24;

  private int matched;

  /** Writes the preface: {@link #SIZE} bytes. */
  public static void write(ByteBuffer out) {
    out.put(BYTES);
  }

  /**
   * Consumes as much of the preface as has arrived, and nothing behind it.
   *
   * @return whether the preface is whole
   * @throws ConnectionError at the first byte that differs
   */
  public boolean read(ByteBuffer in) throws ConnectionError {
    while (matched < SIZE && in.hasRemaining()) {
      if (in.get() != BYTES[matched]) {
        throw new ConnectionError(
            ErrorCode.PROTOCOL_ERROR,
            "no HTTP/2 connection preface: byte "
                + matched
                + " differs (expected: PRI * HTTP/2.0); does the peer speak TLS or HTTP/1.1?");
      }
      matched++;
    }
    return matched == SIZE;
  }
}
