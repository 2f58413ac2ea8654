package benchmarks.rivals;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How long a server takes from the start of its process to the first answer of a unary call. */
final class FirstAnswer {
  private static final int HEADERS = 1;
  private static final int END = 5; // END_STREAM and END_HEADERS
  private static final long GIVE_UP_NANOS = 60_000_000_000L;

  private FirstAnswer() {}

  /** {@return milliseconds to the answer} */
  static double millis(List<String> command, int port) throws IOException {
    long begin = System.nanoTime();
    try (var _ = Child.start(command)) {
      while (!answered(port)) {
        if (System.nanoTime() - begin > GIVE_UP_NANOS) {
          throw new IOException("no answer from " + command);
        }
        Thread.onSpinWait();
      }
      return (System.nanoTime() - begin) / 1e6;
    }
  }

  private static boolean answered(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(request());
      var in = new DataInputStream(socket.getInputStream());
      while (true) {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        in.skipNBytes(lengthAndType >>> 8);
        if ((lengthAndType & 0xFF) == HEADERS && stream == 1 && (flags & END) == END) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // not listening yet
    }
  }

  /**
   * {@return preface, SETTINGS, and a unary call with an empty message, with no table and no
   * Huffman}
   */
  private static byte[] request() {
    var fields = new ByteArrayOutputStream();
    field(fields, ":method", "POST");
    field(fields, ":scheme", "http");
    field(fields, ":path", "/bench.Bench/Unary");
    field(fields, ":authority", "localhost");
    field(fields, "te", "trailers");
    field(fields, "content-type", "application/grpc");
    var out = new ByteArrayOutputStream();
    out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(out, 4, 0, 0, new byte[0]);
    frame(out, HEADERS, 4, 1, fields.toByteArray());
    frame(out, 0, 1, 1, new byte[5]);
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, String name, String value) {
    out.write(0);
    for (String text : List.of(name, value)) {
      out.write(text.length());
      out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void frame(
      ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
    out.write(0);
    out.write(payload.length >>> 8);
    out.write(payload.length);
    out.write(type);
    out.write(flags);
    out.writeBytes(new byte[] {0, 0, 0, (byte) stream});
    out.writeBytes(payload);
  }
}
