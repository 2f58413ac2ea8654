package grpc.spi.transport;

import grpc.api.Metadata;
import grpc.api.Status;
import java.util.Optional;

/**
 * A stream that has ended already: a transport or a channel gives it when there is no connection
 * that a request could run on. For any thread; no method waits.
 */
public final class EndedStream implements ClientStream {
  private final StreamEnd end;

  private EndedStream(StreamEnd end) {
    this.end = end;
  }

  /** {@return a stream that ended so} */
  public static EndedStream of(StreamEnd end) {
    return new EndedStream(end);
  }

  /**
   * {@return the stream of a request that was not sent, and so may be made elsewhere}
   *
   * @param why its status
   */
  public static EndedStream unsent(Status why) {
    return new EndedStream(StreamEnd.of(why, Metadata.EMPTY, StreamEnd.Progress.NOT_SENT));
  }

  /** {@return false: the message is dropped} */
  @Override
  public boolean send(Message message) {
    return false;
  }

  @Override
  public void halfClose() {
    // It has ended.
  }

  @Override
  public Optional<ResponseHeaders> headers() {
    return Optional.empty();
  }

  @Override
  public Optional<Message> receive() {
    return Optional.empty();
  }

  @Override
  public StreamEnd end() {
    return end;
  }

  /** Does nothing: its end stands. */
  @Override
  public void cancel(Status status) {
    // It has ended.
  }
}
