package grpc.transport.nio.wire;

import grpc.transport.nio.FrameLines;
import grpc.transport.nio.frame.FrameType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes all bytes, and tells which frames they are. */
public final class FakeWire implements Wire {
  private static final int HEADER = 9;

  private final @Nullable Loop loop;
  private final FrameLines lines = new FrameLines();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private boolean reading = true;

  /** A wire for what needs no loop. */
  public FakeWire() {
    this(null);
  }

  /** A wire of this loop. */
  public FakeWire(@Nullable Loop loop) {
    this.loop = loop;
  }

  /** {@return the frames that were written since this was asked last, a line each} */
  public List<String> frames() {
    var bytes = ByteBuffer.wrap(written.toByteArray());
    written.reset();
    var frames = new ArrayList<String>();
    try {
      while (bytes.remaining() >= HEADER) {
        int lengthAndType = bytes.getInt();
        int flags = bytes.get();
        int stream = bytes.getInt();
        var payload = new byte[lengthAndType >>> 8];
        bytes.get(payload);
        String type = FrameType.describe(lengthAndType & 0xFF);
        if (type.equals("DATA")) {
          data.writeBytes(payload);
        }
        frames.add(lines.line(type, flags, stream, payload));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (bytes.hasRemaining()) {
      throw new AssertionError(bytes.remaining() + " bytes of a frame that is not whole");
    }
    return frames;
  }

  /** {@return what the DATA frames carried that were told so far} */
  public byte[] data() {
    return data.toByteArray();
  }

  /** {@return whether it is being read} */
  public boolean isReading() {
    return reading;
  }

  @Override
  public Loop loop() {
    if (loop == null) {
      throw new AssertionError("no loop is needed");
    }
    return loop;
  }

  @Override
  public SocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("peer", 1);
  }

  @Override
  public SocketAddress localAddress() {
    return InetSocketAddress.createUnresolved("here", 2);
  }

  @Override
  public int write(ByteBuffer out) {
    var bytes = new byte[out.remaining()];
    out.get(bytes);
    written.writeBytes(bytes);
    return bytes.length;
  }

  @Override
  public void reading(boolean on) {
    reading = on;
  }

  @Override
  public void awaitWritable() {
    throw new AssertionError("all is written at once");
  }

  @Override
  public void writableSeen() {
    throw new AssertionError("all is written at once");
  }

  @Override
  public void again() {
    throw new AssertionError("there is memory");
  }

  @Override
  public void shutdownOutput() {}

  @Override
  public void fail(Throwable cause) {
    throw new AssertionError(cause);
  }

  @Override
  public void close() {}
}
