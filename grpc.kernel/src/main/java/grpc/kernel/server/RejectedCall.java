package grpc.kernel.server;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler;
import java.util.Optional;

/**
 * Answers a request that no handler may see.
 *
 * @param stream the request
 * @param status why
 * @param trailers what goes with the status
 * @param headers what goes before the status, if anything
 */
record RejectedCall(
    ServerStream stream, Status status, Metadata trailers, Optional<ResponseHeaders> headers)
    implements ServerStreamHandler {
  @Override
  public Dispatch dispatch() {
    return Dispatch.INLINE_AT_HEADERS;
  }

  @Override
  public int maxReceiveMessageSize() {
    return Integer.MAX_VALUE; // nothing is read
  }

  @Override
  public void run() {
    headers.ifPresent(stream::sendHeaders);
    stream.close(status, trailers);
  }

  @Override
  public void cancelled(Status reason) {}
}
