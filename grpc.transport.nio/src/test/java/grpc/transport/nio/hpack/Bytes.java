package grpc.transport.nio.hpack;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Bytes written as hexadecimal, blanks allowed. */
final class Bytes {
  private Bytes() {}

  static byte[] of(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  static ByteBuffer buffer(String hex) {
    return ByteBuffer.wrap(of(hex));
  }

  /** What was written into a buffer. */
  static String hex(ByteBuffer written) {
    ByteBuffer view = written.duplicate().flip();
    var bytes = new byte[view.remaining()];
    view.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
