package grpc.kernel.call;

import grpc.spi.transport.ClientStream;
import grpc.spi.transport.StreamEnd;

/** A call's stream, be it of one attempt or of several. */
interface CallStream extends ClientStream {
  /** The call is over, with this end. Called at least once. */
  void callEnded(StreamEnd end);
}
