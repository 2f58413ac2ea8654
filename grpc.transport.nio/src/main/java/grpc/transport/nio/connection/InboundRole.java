package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.Settings;
import java.nio.ByteBuffer;

/** The loop's view of the client's or the server's role on a connection. Loop only. */
public interface InboundRole {
  /** {@return this side's SETTINGS} */
  Settings settings();

  /** {@return the least bytes of a message that a DATA frame must carry on average} */
  int dataCost();

  /** {@return the receiver of the frames of streams} */
  StreamFrames streamFrames();

  /** The wire is connected. */
  void connected();

  /**
   * {@return whether frames may follow: false until the bytes before them, such as the client's
   * preface, are complete}
   */
  boolean prefaceRead(ByteBuffer in) throws ConnectionError;

  /** The peer's first SETTINGS came. */
  void handshakeDone();

  /** A PING came. */
  default void pinged() throws ConnectionError {}

  /** The answer to a PING of ours came. */
  default void pong(long opaque) {}

  /** GOAWAY came. */
  void goAway(int lastStreamId, int errorCode, String debug) throws ConnectionError;

  /** {@return the highest stream id of the peer that was processed} */
  int lastPeerStreamId();

  /** A read pass ends: starts the requests that it brought. */
  default void dispatch() {}

  /** Ends calls without an answer because memory ran out. */
  default void unfinished() {}

  /** The peer ended its bytes. */
  Status endOfInput();

  /** {@return a hint to append to the message of a wire failure, or empty} */
  default String failureHint() {
    return "";
  }

  /** The connection is gone: withdraws the role's timers. */
  default void stopTimers() {}
}
