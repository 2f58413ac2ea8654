package grpc.kernel.call;

import grpc.api.Status;
import grpc.spi.transport.Message;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import java.util.Optional;

/**
 * The stream of a call that no connection was found for.
 *
 * @param end why
 */
record EndedStream(StreamEnd end) implements CallStream {
  EndedStream(Status status) {
    this(new StreamEnd(status));
  }

  @Override
  public boolean send(Message message) {
    return false;
  }

  @Override
  public void halfClose() {}

  @Override
  public Optional<ResponseHeaders> headers() {
    return Optional.empty();
  }

  @Override
  public Optional<Message> receive() {
    return Optional.empty();
  }

  @Override
  public void cancel(Status status) {}

  @Override
  public void callEnded(StreamEnd callEnd) {}
}
