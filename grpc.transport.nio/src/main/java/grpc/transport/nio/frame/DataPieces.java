package grpc.transport.nio.frame;

import java.nio.ByteBuffer;

/** The DATA frame being delivered, possibly in parts (RFC 9113 §6.1). */
final class DataPieces {
  private boolean pending;
  private int stream;
  private int dataLeft;
  private int paddingLeft;
  private boolean endsStream;

  /** Whether more of a frame is to come. */
  boolean pending() {
    return pending;
  }

  /** A frame begins; {@code data} and {@code padding} bytes follow. */
  void begin(int stream, int data, int padding, boolean endsStream) {
    pending = true;
    this.stream = stream;
    dataLeft = data;
    paddingLeft = padding;
    this.endsStream = endsStream;
  }

  /**
   * Delivers the received part of the frame, and the end of the frame even if it is empty.
   *
   * @param limit the end of the received bytes
   * @param overhead bytes of the frame that were read before and count for flow control: its pad
   *     length
   */
  void deliver(ByteBuffer in, FrameSink sink, int limit, int overhead)
      throws ConnectionError, StreamError {
    int start = in.position();
    int data = Math.min(dataLeft, limit - start);
    int padding = data == dataLeft ? Math.min(paddingLeft, limit - start - data) : 0;
    boolean whole = data == dataLeft && padding == paddingLeft;
    int flowControlled = overhead + data + padding;
    if (!whole && flowControlled == 0) {
      return;
    }
    dataLeft -= data;
    paddingLeft -= padding;
    pending = !whole;
    in.limit(start + data);
    try {
      sink.data(stream, in, flowControlled, whole && endsStream);
    } finally {
      in.limit(limit).position(start + data + padding);
    }
  }
}
