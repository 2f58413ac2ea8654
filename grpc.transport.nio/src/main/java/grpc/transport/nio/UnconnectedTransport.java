package grpc.transport.nio;

import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.EndedStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamOptions;

/**
 * A connection that failed at once because the system had no resources. Its listener already has
 * the failure.
 */
record UnconnectedTransport(Status reason) implements ClientTransport {
  @Override
  public ClientStream newStream(RequestHeaders headers, StreamOptions options) {
    return EndedStream.unsent(reason);
  }

  @Override
  public ClientStream newStream(RequestHeaders headers, StreamOptions options, Message message) {
    return EndedStream.unsent(reason);
  }

  @Override
  public void drain() {
    // there is no connection to end
  }

  @Override
  public void close(Status status) {
    // there is no connection to end
  }
}
