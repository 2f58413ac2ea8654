package grpc.transport.inprocess;

import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import java.util.Optional;

/** The client's view of a stream. */
record ClientView(InProcessStream stream) implements ClientStream {
  @Override
  public boolean send(Message message) throws InterruptedException {
    return stream.sendRequest(message);
  }

  @Override
  public void halfClose() {
    stream.halfClose();
  }

  @Override
  public Optional<ResponseHeaders> headers() throws InterruptedException {
    return stream.awaitHeaders();
  }

  @Override
  public Optional<Message> receive() throws InterruptedException {
    return stream.receiveResponse();
  }

  @Override
  public StreamEnd end() throws InterruptedException {
    return stream.awaitEnd();
  }

  @Override
  public void cancel(Status status) {
    stream.cut(status, StreamEnd.Progress.PROCESSED);
  }
}
