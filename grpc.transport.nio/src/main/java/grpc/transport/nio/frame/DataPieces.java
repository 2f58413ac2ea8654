package grpc.transport.nio.frame;

import java.nio.ByteBuffer;

/** The DATA frame being delivered, of which only a part may have come (RFC 9113 §6.1). */
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

  /** A frame begins, with so much data and padding to come. */
  void begin(int stream, int data, int padding, boolean endsStream) {
    pending = true;
    this.stream = stream;
    dataLeft = data;
    paddingLeft = padding;
    this.endsStream = endsStream;
  }

  /**
   * Delivers what has come of the frame, and the end of the frame also if it is empty.
   *
   * @param limit where the received bytes end
   * @param overhead what was read of the frame before and counts for flow control: its pad length
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
