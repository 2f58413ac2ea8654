package grpc.transport.nio.stream;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamEnd.Progress;
import java.util.Optional;

/**
 * A request that has ended before anything of it could be sent.
 *
 * @param end how it ended
 */
public record UnsentStream(StreamEnd end) implements ClientStream {
  /** A request that ended with this status. */
  public UnsentStream(Status status) {
    this(new StreamEnd(status, Metadata.EMPTY, Progress.NOT_SENT));
  }

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
  public void cancel(Status status) {
    // It has ended.
  }
}
