package grpc.transport.nio.frame;

import java.nio.ByteBuffer;
import java.util.List;

/** Tells each piece of DATA by itself, and nothing of other frames but PING and errors. */
class PieceLog implements FrameSink {
  private final List<String> events;

  PieceLog(List<String> events) {
    this.events = events;
  }

  @Override
  public void data(int streamId, ByteBuffer data, int flowControlled, boolean endStream)
      throws ConnectionError, StreamError {
    events.add(data.remaining() + " of " + flowControlled + (endStream ? " END" : ""));
  }

  @Override
  public void headers(int streamId, ByteBuffer fragment, boolean endHeaders, boolean endStream) {}

  @Override
  public void continuation(int streamId, ByteBuffer fragment, boolean endHeaders) {}

  @Override
  public void priority(int streamId) {}

  @Override
  public void rstStream(int streamId, int errorCode) {}

  @Override
  public void settings(ByteBuffer entries) {}

  @Override
  public void settingsAck() {}

  @Override
  public void pushPromise(int streamId) {}

  @Override
  public void ping(long opaque, boolean ack) throws ConnectionError {
    events.add("PING");
  }

  @Override
  public void goAway(int lastStreamId, int errorCode, ByteBuffer debug) {}

  @Override
  public void windowUpdate(int streamId, int increment) {}

  @Override
  public void unknown(int type, int streamId) {}

  @Override
  public void streamError(StreamError error) {
    events.add(error.toString());
  }
}
