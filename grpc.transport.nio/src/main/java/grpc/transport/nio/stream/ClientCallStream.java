package grpc.transport.nio.stream;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.spi.transport.StreamOptions;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.headers.ResponseReader;
import grpc.transport.nio.headers.StatusMapping;
import grpc.transport.nio.outbound.Command;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request on the client. One CAS decides its end; the first cause wins. */
public final class ClientCallStream extends Stream implements ClientStream {
  private static final VarHandle END;

  static {
    try {
      END = MethodHandles.lookup().findVarHandle(ClientCallStream.class, "end", StreamEnd.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final StreamOptions options;
  private volatile @Nullable ResponseHeaders headers;
  private volatile @Nullable StreamEnd end;
  private volatile boolean cancelled;
  private boolean halfClosed; // the sender's

  /**
   * A stream that gets its id when its HEADERS are written.
   *
   * @param only the whole request, which is put with them; null if messages follow
   */
  public ClientCallStream(
      StreamOwner owner, StreamOptions options, int windowSize, @Nullable Message only) {
    super(0, owner, windowSize, only == null ? 0 : only.payload().remaining());
    this.options = options;
    this.halfClosed = only != null;
  }

  // ---- the caller's side

  @Override
  public boolean send(Message message) throws InterruptedException {
    if (halfClosed) {
      throw new IllegalStateException(
          "send() after halfClose() (expected: all messages before it)");
    }
    if (end != null) {
      return false;
    }
    var data = new Command.Data(this, message, false);
    charge(data.size());
    if (!owner().put(data)) {
      return false;
    }
    awaitQuota();
    return true;
  }

  @Override
  public void halfClose() {
    if (!halfClosed) {
      halfClosed = true;
      if (end == null) {
        owner().put(new Command.Data(this, null, true));
      }
    }
  }

  @Override
  public Optional<ResponseHeaders> headers() throws InterruptedException {
    await(Wait.HEADERS);
    return Optional.ofNullable(headers);
  }

  @Override
  public Optional<Message> receive() throws InterruptedException {
    Message message = cancelled ? null : take();
    return cancelled ? Optional.empty() : Optional.ofNullable(message);
  }

  @Override
  public StreamEnd end() throws InterruptedException {
    await(Wait.END);
    StreamEnd e = end;
    if (e == null) {
      throw new AssertionError("awaited");
    }
    return e;
  }

  @Override
  public void cancel(Status status) {
    if (finish(StreamEnd.of(status, Metadata.EMPTY, progress()))) {
      cancelled = true; // only now: after any other end every message counts
      owner().put(new Command.Reset(this, ErrorCode.CANCEL));
      owner().becameObsolete(queuedBytes());
    }
  }

  private Progress progress() {
    return id() == 0 ? Progress.NOT_SENT : Progress.PROCESSED;
  }

  // ---- the connection's side

  /** A header block came. Loop only. */
  public void headers(ResponseReader block, boolean endStream) throws StreamError {
    requireWellFormed(block, endStream);
    if (end == null && headers == null && !block.isInformational()) { // 1xx is ignored
      declareLength(block.contentLength());
    }
    if (endStream) {
      requireDeclaredLength();
      markRemoteEnded();
      endWith(trailers(block));
    } else if (block.isInformational()) {
      return;
    } else if (!block.isGrpc()) {
      endWith(block.status());
    } else {
      headers = block.headers();
      signal();
    }
  }

  private void requireWellFormed(ResponseReader block, boolean endStream) throws StreamError {
    if (end != null) {
      return; // the dropped part may have been headers
    }
    String malformed;
    if (headers == null) {
      malformed = block.malformedHead();
    } else {
      malformed = endStream ? block.malformedTrailers() : "HEADERS in mid-stream";
    }
    if (!malformed.isEmpty()) {
      throw new StreamError(id(), ErrorCode.PROTOCOL_ERROR, malformed); // RFC 9113 §8.1.1
    }
  }

  /** A header block was too large to keep. Loop only. */
  public void headersOverLimit(ResponseReader block, int limit, boolean endStream) {
    if (endStream) {
      markRemoteEnded();
    }
    endWith(block.overLimit(limit));
  }

  private StreamEnd trailers(ResponseReader block) {
    if (block.isInformational()) {
      return StreamEnd.of(Status.internal("1xx response with END_STREAM"));
    }
    if (!endsBetweenMessages() && block.status().isOk()) {
      return StreamEnd.of(Status.internal("the response ended in the middle of a message"));
    }
    return StreamEnd.of(block.status(), block.custom(), Progress.PROCESSED);
  }

  /** DATA had END_STREAM. Loop only. */
  public void endedWithoutTrailers() {
    markRemoteEnded();
    endWith(StreamEnd.of(Status.internal("the server ended the call with DATA, without trailers")));
  }

  /** RST_STREAM came. Loop only. */
  public void reset(int code) {
    markRemoteEnded();
    Progress progress =
        ErrorCode.of(code) == ErrorCode.REFUSED_STREAM ? Progress.UNPROCESSED : Progress.PROCESSED;
    finish(StreamEnd.of(StatusMapping.ofReset(code), Metadata.EMPTY, progress));
  }

  /** The peer broke a rule of this stream. Loop only. */
  public void violated(StreamError error) {
    finish(StreamEnd.of(Status.internal("HTTP/2 " + error.code() + ": " + error.getMessage())));
    owner().put(new Command.Reset(this, error.code()));
  }

  @Override
  void unreadable(Status status) {
    endWith(status);
  }

  private void endWith(Status status) {
    endWith(StreamEnd.of(status));
  }

  private void endWith(StreamEnd streamEnd) {
    if (finish(streamEnd) && !(localEnded() && remoteEnded())) {
      owner().put(new Command.Reset(this, ErrorCode.CANCEL));
    }
  }

  @Override
  public void fail(Status cause, Progress progress) {
    if (!finish(StreamEnd.of(cause, Metadata.EMPTY, progress))) {
      wakeReaders(); // the thread that ended it may have had no memory for that
      wakeSender();
    }
  }

  private boolean finish(StreamEnd streamEnd) {
    if (!END.compareAndSet(this, null, streamEnd)) {
      return false;
    }
    if (owner().isOnLoop()) {
      signal();
    } else {
      wakeReaders();
    }
    wakeSender();
    owner().callEnded();
    return true;
  }

  @Override
  protected boolean finished() {
    return end != null;
  }

  @Override
  protected boolean endsBothHalves() {
    return false;
  }

  @Override
  public MessageDeframer.Limit limit() {
    return MessageDeframer.Limit.OF_CLIENT;
  }

  @Override
  int maxMessageSize() {
    return options.maxReceiveMessageSize();
  }

  @Override
  boolean inboundOver() {
    return end != null;
  }

  @Override
  boolean dataMayCome() {
    return headers != null || end != null; // DATA of a call that has ended is dropped
  }

  @Override
  boolean mayLieAbout(boolean endStream) {
    return false; // the client's messages are not charged
  }

  @Override
  boolean arrived(Wait what) {
    return end != null
        || switch (what) {
          case MESSAGE -> options.singleResponse() ? hasSeveral() : ready();
          case HEADERS -> headers != null;
          case END -> false;
        };
  }
}
