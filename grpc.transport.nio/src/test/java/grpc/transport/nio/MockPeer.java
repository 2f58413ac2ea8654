package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.transport.nio.frame.FrameType;
import grpc.transport.nio.frame.Preface;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * A peer that does exactly what a test says, over a plain socket. What it writes leaves with {@link
 * #play}; what it reads are lines like {@code HEADERS 1 END_STREAM :status=200 grpc-status=0},
 * {@code DATA 1 5}, {@code RST_STREAM 1 CANCEL}, {@code GOAWAY 1 NO_ERROR: draining} and {@code
 * EOF}.
 */
public final class MockPeer extends FrameScript<MockPeer> implements AutoCloseable {
  /** The PING that measures a round trip. */
  static final String ROUND_TRIP = "PING 74656e6f6e626470";

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;
  private final FrameLines lines = new FrameLines();
  private byte[] payload = {};

  private MockPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Connects to a server, and says nothing. */
  public static MockPeer connect(SocketAddress address) throws IOException {
    return new MockPeer(SocketChannel.open(address).socket());
  }

  /** Connects, says hello with these settings (identifier, value, …) and reads the server's. */
  public static MockPeer client(SocketAddress address, int... settings) throws IOException {
    return connect(address).preface().settings(settings).settingsAck().play().expectSettings();
  }

  /** Accepts a client and says nothing. */
  public static MockPeer accept(ServerSocket listener) throws IOException {
    return new MockPeer(listener.accept());
  }

  /** Accepts a client, reads its hello and answers with these settings. */
  public static MockPeer server(ServerSocket listener, int... settings) throws IOException {
    return accept(listener).readPreface().settings(settings).settingsAck().play().expectSettings();
  }

  @Override
  MockPeer self() {
    return this;
  }

  // ---- sending

  /** Sends what was written. */
  public MockPeer play() throws IOException {
    try {
      socket.getOutputStream().write(out.array(), 0, out.position());
    } finally {
      out.clear();
    }
    return this;
  }

  /** Sends what was written, a byte at a time, and so slowly that most are read alone. */
  public MockPeer playByteByByte() throws IOException {
    try {
      for (int i = 0; i < out.position(); i++) {
        socket.getOutputStream().write(out.get(i));
        LockSupport.parkNanos(50_000);
      }
    } finally {
      out.clear();
    }
    return this;
  }

  /** Sends what was written, and no more will come. */
  public MockPeer playLast() throws IOException {
    play();
    socket.shutdownOutput();
    return this;
  }

  /**
   * Sends these bytes again and again while reading nothing.
   *
   * @return whether the other side stopped taking them, before there were 64 MiB of them
   */
  public boolean writesUntilStuck(byte[] bytes) throws IOException {
    SocketChannel channel = socket.getChannel();
    channel.configureBlocking(false);
    long sent = 0;
    int refused = 0;
    while (sent < 64 << 20 && refused < 2_000) {
      var part =
          ByteBuffer.wrap(
              bytes, (int) (sent % bytes.length), bytes.length - (int) (sent % bytes.length));
      int count = channel.write(part);
      sent += count;
      refused = count == 0 ? refused + 1 : 0;
      if (count == 0) {
        LockSupport.parkNanos(100_000);
      }
    }
    return refused > 0;
  }

  // ---- reading

  public MockPeer readPreface() throws IOException {
    byte[] preface = new byte[Preface.SIZE];
    in.readFully(preface);
    assertTrue(new String(preface, StandardCharsets.US_ASCII).startsWith("PRI * HTTP/2.0"));
    return this;
  }

  /** Reads up to the peer's acknowledgement of our settings. */
  public MockPeer expectSettings() throws IOException {
    String line = next();
    while (!line.equals("SETTINGS ACK")) {
      assertTrue(line.startsWith("SETTINGS") || line.startsWith("WINDOW_UPDATE"), line);
      line = next();
    }
    return this;
  }

  /** Reads a frame that must be this one; lines are told apart by their beginning. */
  public MockPeer expect(String beginning) throws IOException {
    String line = next();
    assertTrue(line.startsWith(beginning), "expected: " + beginning + "\n but was: " + line);
    return this;
  }

  /** As {@link #expect}, passing over what is about windows and the acknowledgement of SETTINGS. */
  public String expectSoon(String beginning) throws IOException {
    String line = next();
    while (line.startsWith("WINDOW_UPDATE")
        || line.equals("SETTINGS ACK")
        || line.equals(ROUND_TRIP)) {
      line = next();
    }
    assertTrue(line.startsWith(beginning), "expected: " + beginning + "\n but was: " + line);
    return line;
  }

  /** Makes sure that nothing came before the answer to a PING. */
  public MockPeer expectQuiet() throws IOException {
    ping(0x51, false).play();
    return expect("PING ACK 51");
  }

  /** {@return the payload of the frame that was read last} */
  public byte[] payload() {
    return payload;
  }

  /** Reads a frame as a line. */
  public String next() throws IOException {
    int lengthAndType;
    try {
      lengthAndType = in.readInt();
    } catch (EOFException | SocketException e) {
      return "EOF";
    }
    int flags = in.readByte();
    int stream = in.readInt();
    payload = new byte[lengthAndType >>> 8];
    in.readFully(payload);
    return lines.line(FrameType.describe(lengthAndType & 0xFF), flags, stream, payload);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
