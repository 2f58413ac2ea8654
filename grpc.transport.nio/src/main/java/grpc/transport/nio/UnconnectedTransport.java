package grpc.transport.nio;

import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.EndedStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamOptions;

/** A connection for which the system had nothing left; its listener knows. */
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
    // There is nothing to end.
  }

  @Override
  public void close(Status status) {
    // There is nothing to end.
  }
}
