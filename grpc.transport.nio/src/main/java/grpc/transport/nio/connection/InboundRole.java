package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.Settings;
import java.nio.ByteBuffer;

/** What the loop asks of the client's or the server's role on a connection. Loop only. */
public interface InboundRole {
  /** {@return this side's SETTINGS} */
  Settings settings();

  /** {@return how many bytes of a message a DATA frame must carry on average} */
  int dataCost();

  /** {@return what the frames of streams do} */
  StreamFrames streamFrames();

  /** The wire is there. */
  void connected();

  /** {@return what is received before frames: false until the client's preface is whole} */
  boolean prefaceRead(ByteBuffer in) throws ConnectionError;

  /** The peer's first SETTINGS came. */
  void handshakeDone();

  /** A PING came. */
  default void pinged() throws ConnectionError {}

  /** A PING of ours came back. */
  default void pong(long opaque) {}

  /** GOAWAY came. */
  void goAway(int lastStreamId, int errorCode, String debug) throws ConnectionError;

  /** {@return the highest stream id of the peer that was acted on} */
  int lastPeerStreamId();

  /** A read pass ends: start what it brought. */
  default void dispatch() {}

  /** Ends calls that could not be answered, since memory ran out. */
  default void unfinished() {}

  /** The peer ended its bytes. */
  Status endOfInput();

  /** {@return what a failure of the wire may mean now, to be put behind it; or empty} */
  default String failureHint() {
    return "";
  }

  /** Withdraws the role's timers: the connection is gone. */
  default void stopTimers() {}
}
