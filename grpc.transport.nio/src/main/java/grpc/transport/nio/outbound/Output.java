package grpc.transport.nio.outbound;

import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Flags;
import grpc.transport.nio.frame.FrameLog;
import grpc.transport.nio.frame.FrameType;
import grpc.transport.nio.frame.FrameWriter;
import grpc.transport.nio.hpack.HpackEncoder;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The encoded frames that are not yet written. Owned by the writer. */
final class Output {
  /** The bytes of HPACK table that we use, even if the peer allows more. */
  private static final int MAX_TABLE_SIZE = 4096;

  private static final VarHandle ANSWERED;

  static {
    try {
      ANSWERED = MethodHandles.lookup().findVarHandle(Output.class, "answered", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Wire wire;
  private final HpackEncoder encoder = new HpackEncoder(MAX_TABLE_SIZE);
  private final FrameWriter frames;
  private @Nullable ByteBuffer buffer;

  /** The rest of a header block that is larger than the buffer; it is written first. */
  private @Nullable ByteBuffer spill;

  private int maxFrameSize;

  @SuppressWarnings("unused") // through ANSWERED: the writer stores it plainly, the loop takes it
  private boolean answered;

  Output(Wire wire, int maxFrameSize) {
    this.wire = wire;
    this.frames = new FrameWriter(new FrameLog(wire::remoteAddress));
    this.maxFrameSize = maxFrameSize;
  }

  /**
   * {@return whether HEADERS or DATA were encoded since the last call of this method} Any thread.
   */
  boolean takeAnswered() {
    return (boolean) ANSWERED.getAndSet(this, false);
  }

  void maxFrameSize(int bytes) {
    maxFrameSize = bytes;
  }

  int maxFrameSize() {
    return maxFrameSize;
  }

  void headerTableSize(long peers) {
    encoder.setMaxTableSize(peers);
  }

  /** {@return the writer of frames into the {@link #buffer}} */
  FrameWriter frames() {
    return frames;
  }

  /** {@return the buffer to encode into} */
  ByteBuffer buffer() {
    ByteBuffer b = buffer;
    if (b == null) {
      b = WriteBuffers.take();
      buffer = b;
    }
    return b;
  }

  /** {@return bytes that can be encoded before the next {@link #flush}; none behind a spill} */
  int room() {
    return spill == null ? buffer().remaining() : 0;
  }

  private boolean isEmpty() {
    return spill == null && (buffer == null || buffer.position() == 0);
  }

  /** {@return whether a header block of this bound can be written now} */
  boolean hasRoomForHeaders(HeaderBlock block) {
    int after = FrameWriter.RST_STREAM_SIZE; // trailers may have to follow
    return room() >= FrameWriter.HEADER_SIZE + block.bound() + after || isEmpty();
  }

  /** Writes HEADERS, and CONTINUATION if needed; check {@link #hasRoomForHeaders} first. */
  void headers(int streamId, HeaderBlock block, boolean endStream) {
    ANSWERED.setRelease(this, true);
    int bound = block.bound();
    int flags = endStream ? Flags.END_STREAM : Flags.NONE;
    ByteBuffer out = buffer();
    if (bound > maxFrameSize || room() < FrameWriter.HEADER_SIZE + bound) {
      spill(streamId, block, bound, flags);
      return;
    }
    int at = out.position();
    out.position(at + FrameWriter.HEADER_SIZE);
    encoder.beginBlock(out);
    block.encode(encoder, out);
    int length = out.position() - at - FrameWriter.HEADER_SIZE;
    frames.frameHeader(out, at, length, FrameType.HEADERS, flags | Flags.END_HEADERS, streamId);
  }

  private void spill(int streamId, HeaderBlock block, int bound, int flags) {
    ByteBuffer encoded = ByteBuffer.allocate(bound);
    encoder.beginBlock(encoded);
    block.encode(encoder, encoded);
    encoded.flip();
    int count = encoded.remaining() / maxFrameSize + 1;
    ByteBuffer framed = ByteBuffer.allocate(encoded.remaining() + count * FrameWriter.HEADER_SIZE);
    FrameType type = FrameType.HEADERS;
    do {
      int length = Math.min(encoded.remaining(), maxFrameSize);
      boolean last = length == encoded.remaining();
      frames.frameHeader(framed, length, type, last ? flags | Flags.END_HEADERS : flags, streamId);
      framed.put(framed.position(), encoded, encoded.position(), length);
      framed.position(framed.position() + length);
      encoded.position(encoded.position() + length);
      type = FrameType.CONTINUATION;
      flags = Flags.NONE;
    } while (encoded.hasRemaining());
    spill = framed.flip();
    refill();
  }

  /** Writes a DATA frame with a part of a message; {@code length} counts the message's prefix. */
  void data(int streamId, Command.Data data, int length, boolean endStream) {
    ANSWERED.setRelease(this, true);
    ByteBuffer out = buffer();
    frames.frameHeader(
        out, length, FrameType.DATA, endStream ? Flags.END_STREAM : Flags.NONE, streamId);
    var message = data.message;
    if (message == null) {
      return;
    }
    int left = length;
    int sent = data.sent;
    ByteBuffer payload = message.payload();
    if (sent == 0 && left >= Command.Data.PREFIX_SIZE) {
      out.put((byte) (message.compressed() ? 1 : 0)).putInt(payload.remaining());
      sent += Command.Data.PREFIX_SIZE;
      left -= Command.Data.PREFIX_SIZE;
    }
    for (; sent < Command.Data.PREFIX_SIZE && left > 0; sent++, left--) { // a window of a few bytes
      out.put(
          (byte)
              (sent == 0
                  ? (message.compressed() ? 1 : 0)
                  : payload.remaining() >>> 8 * (Command.Data.PREFIX_SIZE - 1 - sent)));
    }
    if (left > 0) {
      int from = payload.position() + sent - Command.Data.PREFIX_SIZE;
      out.put(out.position(), payload, from, left);
      out.position(out.position() + left);
      sent += left;
    }
    data.sent = sent;
  }

  void reset(int streamId, ErrorCode code) {
    frames.rstStream(buffer(), streamId, code);
  }

  /**
   * Writes as much as the socket takes.
   *
   * @return the bytes written, or -1 when the socket took only a part
   */
  int flush() throws IOException {
    ByteBuffer b = buffer;
    int written = 0;
    while (b != null && b.position() > 0) {
      b.flip();
      written += wire.write(b);
      if (b.hasRemaining()) {
        b.compact();
        return -1;
      }
      b.clear();
      refill();
    }
    return written;
  }

  private void refill() {
    ByteBuffer from = spill;
    if (from != null) {
      ByteBuffer b = buffer();
      int length = Math.min(b.remaining(), from.remaining());
      b.put(b.position(), from, from.position(), length);
      b.position(b.position() + length);
      from.position(from.position() + length);
      if (!from.hasRemaining()) {
        spill = null;
      }
    }
  }

  /** Gives the buffer back; it must hold no bytes that are still to be written. */
  void release() {
    ByteBuffer b = buffer;
    if (b != null) {
      buffer = null;
      WriteBuffers.give(b);
    }
  }
}
