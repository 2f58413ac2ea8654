package grpc.spi.transport;

import grpc.api.Metadata;
import grpc.api.Status;
import java.util.Optional;

/**
 * A stream that has ended already. A transport or a channel returns it when there is no connection
 * for a request. For any thread; no method waits.
 */
public final class EndedStream implements ClientStream {
  private final StreamEnd end;

  private EndedStream(StreamEnd end) {
    this.end = end;
  }

  /** {@return a stream with this end} */
  public static EndedStream of(StreamEnd end) {
    return new EndedStream(end);
  }

  /**
   * {@return the stream of a request that was not sent; another connection may carry the request}
   *
   * @param why the status
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
    // the stream has ended
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

  /** Has no effect: the stream has ended. */
  @Override
  public void cancel(Status status) {
    // the stream has ended
  }
}
