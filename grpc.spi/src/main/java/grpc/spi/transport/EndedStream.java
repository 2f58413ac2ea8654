package grpc.spi.transport;

import grpc.api.Metadata;
import grpc.api.Status;
import java.util.Optional;

/**
 * A stream that has ended already: what a transport or a channel gives where there is nothing that
 * a request could run on. For any thread; nothing waits.
 *
 * @param end how it ended
 */
public record EndedStream(StreamEnd end) implements ClientStream {
  /**
   * {@return a stream of which nothing was sent, so that its request may be made elsewhere}
   *
   * @param why its status
   */
  public static EndedStream unsent(Status why) {
    return new EndedStream(new StreamEnd(why, Metadata.EMPTY, StreamEnd.Progress.NOT_SENT));
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

  /** Does nothing: its end stands. */
  @Override
  public void cancel(Status status) {
    // It has ended.
  }
}
