package grpc.transport.nio.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes down what a reader tells, one line an event. Pieces of one DATA frame are joined, so that
 * the log does not depend on how the bytes arrived.
 */
final class EventLog implements FrameSink {
  final List<String> events = new ArrayList<>();
  private final StringBuilder pieces = new StringBuilder();
  private int dataLeft;
  private int flowControlled;

  @Override
  public void frame(int length, int type, int flags, int streamId) {
    if (type == 0) {
      dataLeft = length;
    }
  }

  @Override
  public void data(int streamId, ByteBuffer data, int flowControlled, boolean endStream) {
    pieces.append(hex(data));
    this.flowControlled += flowControlled;
    dataLeft -= flowControlled;
    if (dataLeft > 0) {
      if (endStream) {
        add("END_STREAM before the last piece");
      }
      return;
    }
    add("DATA " + streamId + " " + pieces + " " + this.flowControlled + (endStream ? " END" : ""));
    pieces.setLength(0);
    this.flowControlled = 0;
  }

  @Override
  public void headers(int streamId, ByteBuffer fragment, boolean endHeaders, boolean endStream) {
    String end = (endHeaders ? " BLOCK" : "") + (endStream ? " END" : "");
    add("HEADERS " + streamId + " " + hex(fragment) + end);
  }

  @Override
  public void continuation(int streamId, ByteBuffer fragment, boolean endHeaders) {
    add("CONTINUATION " + streamId + " " + hex(fragment) + (endHeaders ? " BLOCK" : ""));
  }

  @Override
  public void priority(int streamId) {
    add("PRIORITY " + streamId);
  }

  @Override
  public void rstStream(int streamId, int errorCode) {
    add("RST_STREAM " + streamId + " " + ErrorCode.describe(errorCode));
  }

  @Override
  public void settings(ByteBuffer entries) {
    add("SETTINGS " + hex(entries));
  }

  @Override
  public void settingsAck() {
    add("SETTINGS ACK");
  }

  @Override
  public void pushPromise(int streamId) {
    add("PUSH_PROMISE " + streamId);
  }

  @Override
  public void ping(long opaque, boolean ack) {
    add("PING " + Long.toHexString(opaque) + (ack ? " ACK" : ""));
  }

  @Override
  public void goAway(int lastStreamId, int errorCode, ByteBuffer debug) {
    add("GOAWAY " + lastStreamId + " " + ErrorCode.describe(errorCode) + " " + hex(debug));
  }

  @Override
  public void windowUpdate(int streamId, int increment) {
    add("WINDOW_UPDATE " + streamId + " " + increment);
  }

  @Override
  public void unknown(int type, int streamId) {
    add("UNKNOWN " + type + " " + streamId);
  }

  @Override
  public void streamError(StreamError error) {
    add(error.toString());
  }

  void add(String event) {
    events.add(event);
  }

  static String hex(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
