package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.hpack.HeaderSink;
import grpc.transport.nio.outbound.OutboundStream;
import grpc.transport.nio.stream.Stream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the client's and the server's end of a connection. On the loop, unless a
 * method says otherwise.
 */
public interface ConnectionRole {
  /** {@return this side's SETTINGS} */
  Settings settings();

  /** {@return how many bytes of a message a DATA frame must carry on average} */
  int dataCost();

  /** The wire is there. */
  void connected();

  /** {@return what is received before frames: false until the client's preface is whole} */
  boolean prefaceRead(ByteBuffer in) throws ConnectionError;

  /** The peer's first SETTINGS came. */
  void handshakeDone();

  /** {@return what reads the fields of the next header block, which begins} */
  HeaderSink blockBegins();

  /** A header block is whole. */
  void blockEnds(int streamId, boolean endStream, boolean overLimit)
      throws ConnectionError, StreamError;

  /** {@return the stream, or null when it is gone} */
  @Nullable Stream find(int streamId) throws ConnectionError;

  /** DATA had END_STREAM. */
  void dataEnded(Stream stream);

  /** DATA came for a stream that is gone. */
  default void dataLate(int streamId, boolean endStream) throws StreamError {}

  /** RST_STREAM came for a stream that is gone. */
  default void resetLate(int streamId) {}

  /** A stream's bytes cannot be read as messages; it has been told. */
  void unreadable(Stream stream);

  /** RST_STREAM came for a stream that is open. */
  void reset(Stream stream, int code) throws ConnectionError;

  /**
   * The peer broke a rule of a stream, which is reset for it.
   *
   * @param wasOpen whether there was such a stream
   */
  default void madeToReset(boolean wasOpen) throws ConnectionError {}

  /** The peer broke a rule of a stream. */
  void violated(Stream stream, StreamError error);

  /** GOAWAY came. */
  void goAway(int lastStreamId, int errorCode, String debug) throws ConnectionError;

  /** A PING came. */
  default void pinged() throws ConnectionError {}

  /** A PING of ours came back. */
  default void pong(long opaque) {}

  /** {@return the highest stream id of the peer that was acted on} */
  int lastPeerStreamId();

  /** {@return what a failure of the wire may mean now, to be put behind it; or empty} */
  default String failureHint() {
    return "";
  }

  /** The peer ended its bytes. */
  Status endOfInput();

  /** A read pass ends: start what it brought. */
  default void dispatch() {}

  /** The writer gave a stream its id. Under the writer's role. */
  default void opened(OutboundStream stream) {
    throw new IllegalStateException("a server opens no streams");
  }

  /** END_STREAM of ours is written. Under the writer's role. */
  void localEnded(OutboundStream stream);

  /** RST_STREAM of ours is written. Under the writer's role. */
  void resetWritten(OutboundStream stream);

  /** {@return how many streams are open} Any thread. */
  int openStreams();

  /** Calls the action with each open stream. Any thread. */
  void forEachStream(Consumer<OutboundStream> action);

  /** {@return whether so many bytes of messages may be kept} Any thread. */
  default boolean charge(int bytes) {
    return true;
  }

  /**
   * {@return whether what a window may grow to fits into what may be kept} Else a fast sender fills
   * the window of a reader that slows down, and its call is refused for it. Any thread.
   */
  default boolean windowsMayGrow() {
    return true;
  }

  /** Bytes that were charged are no longer kept. Any thread. */
  default void release(int bytes) {}

  /** The last stream id is used. Under the writer's role. */
  default void idsUsedUp() {
    throw new IllegalStateException("a server opens no streams");
  }

  /** {@return whether other calls are in flight} Any thread. */
  boolean othersInFlight();

  /** A call has ended, however; once a call. Any thread. */
  void callEnded();

  /** {@return whether calls run} Any thread. */
  boolean hasCalls();

  /** Ends calls that could not be answered, since memory ran out. */
  default void unfinished() {}

  /** Withdraws this side's timers: the connection is gone. */
  default void stopTimers() {}

  /**
   * The connection is gone; the streams that are left have ended. May be told again. Any thread.
   */
  void closed(Status cause);
}
