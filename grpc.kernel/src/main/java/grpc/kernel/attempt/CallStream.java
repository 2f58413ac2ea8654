package grpc.kernel.attempt;

import grpc.api.Peer;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.StreamEnd;
import org.jspecify.annotations.Nullable;

/** The stream of a call that has attempts, one or several, which are to hear of its end. */
public interface CallStream extends ClientStream {
  /** The call is over, with this end. Called at least once. */
  void callEnded(StreamEnd end);

  /** The ends of the connection that carries the call, null while there is none. */
  @Nullable Peer peer();

  /** The call that has this stream is over, be it one with attempts or one that never began. */
  static void callEnded(ClientStream stream, StreamEnd end) {
    if (stream instanceof CallStream attempts) {
      attempts.callEnded(end);
    }
  }
}
