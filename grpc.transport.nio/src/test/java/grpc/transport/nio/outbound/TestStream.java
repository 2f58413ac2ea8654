package grpc.transport.nio.outbound;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.Message;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.flow.SendWindow;
import grpc.transport.nio.headers.TrailersBlock;
import java.nio.ByteBuffer;

/** A stream of a server whose state the test sets. */
final class TestStream extends OutboundStream {
  boolean finished;
  boolean remoteEnded;

  TestStream(int id) {
    super(id, 0);
  }

  /** {@return this stream with a window of so many bytes} */
  TestStream withWindow(int bytes) {
    window = new SendWindow(bytes);
    return this;
  }

  /** Queues a message with a body of so many bytes, counted as its sender counts it. */
  TestStream withMessage(int bytes, boolean end) {
    var data = message(bytes, end);
    charge(data.size());
    enqueue(data);
    return this;
  }

  /** {@return a message with a body of so many bytes: 0, 1, 2 …} */
  Command.Data message(int bytes, boolean end) {
    var body = ByteBuffer.allocate(bytes);
    for (int i = 0; i < bytes; i++) {
      body.put((byte) i);
    }
    return new Command.Data(this, new Message(false, body.flip()), end);
  }

  /** {@return bytes that its sender has counted and that are neither framed nor dropped} */
  int waiting() {
    return queuedBytes();
  }

  @Override
  protected boolean finished() {
    return finished;
  }

  @Override
  protected boolean remoteEnded() {
    return remoteEnded;
  }

  @Override
  protected boolean endsBothHalves() {
    return true;
  }

  @Override
  protected int takeWindowCredit() {
    return 0;
  }

  @Override
  protected HeaderBlock trailers(Status status, boolean afterHeaders) {
    return afterHeaders
        ? TrailersBlock.afterHeaders(status, Metadata.EMPTY)
        : TrailersBlock.only("", status, Metadata.EMPTY);
  }

  @Override
  public void fail(Status cause, Progress progress) {
    throw new AssertionError(cause.toString());
  }
}
