package grpc.kernel.attempt;

import grpc.api.Status;
import grpc.spi.observe.AttemptObserver;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import java.util.Optional;

/**
 * An attempt's stream whose messages somebody hears of.
 *
 * @param stream the stream
 * @param observer who hears
 */
record ObservedStream(ClientStream stream, AttemptObserver observer) implements ClientStream {
  @Override
  public boolean send(Message message) throws InterruptedException {
    int size = message.payload().remaining(); // before the transport has it
    boolean sent = stream.send(message);
    if (sent) {
      observer.messageSent(size);
    }
    return sent;
  }

  @Override
  public void halfClose() {
    stream.halfClose();
  }

  @Override
  public Optional<ResponseHeaders> headers() throws InterruptedException {
    return stream.headers();
  }

  @Override
  public Optional<Message> receive() throws InterruptedException {
    var message = stream.receive();
    message.ifPresent(m -> observer.messageReceived(m.payload().remaining()));
    return message;
  }

  @Override
  public StreamEnd end() throws InterruptedException {
    return stream.end();
  }

  @Override
  public void cancel(Status status) {
    stream.cancel(status);
  }
}
