package grpc.transport.inprocess;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import java.util.Optional;

/** The server's view of a stream. */
record ServerView(InProcessStream stream) implements ServerStream {
  @Override
  public RequestHeaders headers() {
    return stream.headers();
  }

  @Override
  public Peer peer() {
    return stream.serverSidePeer();
  }

  @Override
  public Optional<Message> receive() throws InterruptedException {
    return stream.receiveRequest();
  }

  @Override
  public void sendHeaders(ResponseHeaders headers) {
    stream.sendHeaders(headers);
  }

  @Override
  public boolean send(Message message) throws InterruptedException {
    return stream.sendResponse(message);
  }

  @Override
  public void close(Status status, Metadata trailers) {
    stream.end(status, trailers);
  }

  @Override
  public void respond(ResponseHeaders headers, Message message, Metadata trailers) {
    if (stream.sendHeaders(headers) && stream.addResponse(message)) {
      stream.end(Status.OK, trailers);
    }
  }
}
