package grpc.transport.nio.stream;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.headers.ForeignAnswer;
import grpc.transport.nio.headers.RequestReader;
import grpc.transport.nio.headers.ResponseBlock;
import grpc.transport.nio.headers.StatusMapping;
import grpc.transport.nio.headers.TrailersBlock;
import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.outbound.HeaderBlock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request on the server, and the task of its handler's thread. */
public final class ServerCallStream extends Stream implements ServerStream, Runnable {
  private static final AtomicIntegerFieldUpdater<ServerCallStream> ANSWERED =
      AtomicIntegerFieldUpdater.newUpdater(ServerCallStream.class, "answered");

  private static final VarHandle CANCELLED;
  private static final Status ABANDONED =
      Status.resourceExhausted("the server ran out of memory and could not answer");
  private static final Status ANSWER_ENDED = Status.cancelled("the call has ended");
  private static final Logger log = LoggerFactory.getLogger("grpc.http2");

  static {
    try {
      CANCELLED =
          MethodHandles.lookup().findVarHandle(ServerCallStream.class, "cancelled", Status.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final RequestHeaders headers;
  private final Peer peer;
  private final long openedAt;
  private @Nullable ServerStreamHandler handler;
  private boolean headersSent; // the handler's
  private boolean started; // loop only
  private boolean isForeign; // loop only
  private volatile boolean abandoned;

  /** 1 once the end of the answer is decided; the thread that set it puts the end. */
  private volatile int answered;

  /** The reason why the request cannot be read further, while it can still be answered. */
  private volatile @Nullable Status unreadable;

  /** The reason why the call is gone. */
  private volatile @Nullable Status cancelled;

  /**
   * A request. Give it its handler before you call any other method.
   *
   * @param openedAt the time of its arrival, nanoseconds of the loop's clock
   */
  public ServerCallStream(
      int id, StreamOwner owner, RequestHeaders headers, Peer peer, int windowSize, long openedAt) {
    super(id, owner, windowSize, 0);
    this.openedAt = openedAt;
    this.headers = headers;
    this.peer = peer;
  }

  /** Gives it its handler. Loop only. */
  public void handler(ServerStreamHandler handler) {
    this.handler = handler;
    isForeign = handler instanceof ForeignRequest;
  }

  /** A request that is not gRPC is answered, complete or not. Loop only. */
  public void stopWaiting() {
    unreadable = ANSWER_ENDED;
  }

  /** Answers a request that is not gRPC. Loop only. */
  void answerForeign(ForeignAnswer answer, boolean isHead) {
    if (!ANSWERED.compareAndSet(this, 0, 1)) {
      return;
    }
    if (isHead) {
      owner().put(new Command.Trailers(this, answer, answer, false));
    } else {
      owner().put(new Command.Headers(this, answer));
      owner().put(Command.Data.unframed(this, answer.body()));
    }
  }

  private ServerStreamHandler handler() {
    ServerStreamHandler h = handler;
    if (h == null) {
      throw new IllegalStateException("no handler was given");
    }
    return h;
  }

  // ---- the connection's side

  /**
   * {@return whether the client has a good reason to reset it now: it has a part of the answer, or
   * its deadline has passed} A part of the timeout may pass on the way, so half of it is enough. A
   * reset in the same read pass as the request never has a good reason. Loop only.
   *
   * @param now nanoseconds of the loop's clock
   */
  public boolean mayBeReset(long now) {
    long timeout = headers.timeoutNanos();
    long lived = now - openedAt;
    return hasHeadersWritten()
        || timeout != RequestHeaders.NO_TIMEOUT && lived > 0 && lived >= timeout / 2;
  }

  /**
   * Drops an answer that is not written yet if the call's deadline has passed. Loop only.
   *
   * @param now nanoseconds of the loop's clock
   */
  public void endIfOverdue(long now) {
    long timeout = headers.timeoutNanos();
    if (answered != 0
        && cancelled == null
        && timeout != RequestHeaders.NO_TIMEOUT
        && now - openedAt >= timeout) {
      cancel(Status.deadlineExceeded("the client has not taken the answer in time"));
      owner().put(new Command.Reset(this, ErrorCode.CANCEL));
    }
  }

  /** {@return the time of its arrival, nanoseconds of the loop's clock} */
  public long openedAt() {
    return openedAt;
  }

  /** {@return whether its handler is to run now} True only once. Loop only. */
  public boolean startsNow() {
    if (started || cancelled != null) {
      return false;
    }
    started = handler().dispatch().startsAtHeaders() || remoteEnded() || unreadable != null;
    return started;
  }

  /** {@return the factory for its handler's thread, if the handler has one of its own} */
  public ThreadFactory threads() {
    return handler().threads();
  }

  /** {@return the moment and the thread of its handler's run} */
  public Dispatch dispatch() {
    return handler().dispatch();
  }

  /** Runs the handler. */
  @Override
  public void run() {
    try {
      if (cancelled == null) {
        handler().run();
      }
    } finally {
      if (answered == 0 && cancelled == null) {
        abandon();
      } else {
        owner().callEnded();
      }
    }
  }

  /** Its handler has ended or was never started, and cannot answer. Takes no memory. Any thread. */
  public void abandon() {
    abandoned = true;
    owner().again();
    owner().callEnded();
  }

  /** Ends the call if its handler has gone and could not answer. Loop only. */
  public void endIfAbandoned() {
    if (abandoned) {
      close(ABANDONED, Metadata.EMPTY);
    }
  }

  /** A second header block came: the end of the request. Loop only. */
  public void trailers(RequestReader block, boolean endStream) throws StreamError {
    if (remoteEnded()) {
      throw new StreamError(id(), ErrorCode.STREAM_CLOSED, "HEADERS after END_STREAM"); // §5.1
    }
    String malformed =
        endStream ? block.malformedTrailers() : "HEADERS in mid-stream without END_STREAM";
    if (!malformed.isEmpty()) {
      throw new StreamError(id(), ErrorCode.PROTOCOL_ERROR, malformed); // RFC 9113 §8.1
    }
    requireDeclaredLength();
    halfClosed();
  }

  /** END_STREAM came. Loop only. */
  public void halfClosed() {
    markRemoteEnded();
    if (!endsBetweenMessages() && unreadable == null) {
      unreadable = Status.internal("the request ended in the middle of a message");
    }
    signal();
  }

  /** RST_STREAM came. Loop only. */
  public void reset(int code) {
    markRemoteEnded();
    cancel(StatusMapping.ofReset(code));
    dropReceived();
  }

  /** The peer broke a rule of this stream. Loop only. */
  public void violated(StreamError error) {
    cancel(Status.internal("HTTP/2 " + error.code() + ": " + error.getMessage()));
    owner().put(new Command.Reset(this, error.code()));
  }

  @Override
  public void fail(Status cause, Progress progress) {
    cancel(cause);
  }

  private void cancel(Status reason) {
    Status cause =
        reason.code() == StatusCode.UNAVAILABLE ? Status.cancelled(reason.message()) : reason;
    if (!CANCELLED.compareAndSet(this, null, cause)) {
      return;
    }
    wakeReaders();
    wakeSender();
    if (answered != 0) {
      owner().becameObsolete(queuedBytes());
    }
    try {
      handler().cancelled(cause);
    } catch (RuntimeException e) { // the writer or the loop, which called this, goes on
      log.error("cancelling a handler of {} failed", headers.path(), e);
    }
  }

  @Override
  protected HeaderBlock trailers(Status status, boolean afterHeaders) {
    return afterHeaders
        ? TrailersBlock.afterHeaders(status, Metadata.EMPTY)
        : TrailersBlock.only(headers.contentSubtype(), status, Metadata.EMPTY);
  }

  @Override
  void unreadable(Status status) {
    if (status.equals(NO_MEMORY) && started) { // its handler may not read for long
      cancel(status);
      dropReceived();
      owner().put(new Command.Reset(this, ErrorCode.ENHANCE_YOUR_CALM)); // RESOURCE_EXHAUSTED there
    } else {
      unreadable = status;
      signal();
    }
  }

  @Override
  public MessageDeframer.Limit limit() {
    return MessageDeframer.Limit.OF_SERVER;
  }

  @Override
  int maxMessageSize() {
    return handler().maxReceiveMessageSize();
  }

  @Override
  protected boolean finished() {
    return cancelled != null;
  }

  @Override
  protected boolean endsBothHalves() {
    return true;
  }

  @Override
  boolean inboundOver() {
    return remoteEnded() || unreadable != null || cancelled != null || answered != 0 || isForeign;
  }

  @Override
  boolean dataMayCome() {
    return true; // a request begins with HEADERS
  }

  @Override
  boolean mayLieAbout(boolean endStream) {
    return !endStream; // a handler takes a complete request in a moment
  }

  @Override
  boolean arrived(Wait what) {
    return ready();
  }

  // ---- the handler's side

  @Override
  public RequestHeaders headers() {
    return headers;
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public Optional<Message> receive() throws InterruptedException {
    Message message = cancelled == null && answered == 0 ? take() : null;
    Status failure = cancelled;
    if (failure == null && message == null) {
      failure = answered == 0 ? unreadable : ANSWER_ENDED;
    }
    if (failure != null) {
      throw Status.of(failure.code(), failure.message()).asException();
    }
    return Optional.ofNullable(message);
  }

  @Override
  public void sendHeaders(ResponseHeaders responseHeaders) {
    headersSent = true;
    owner().put(new Command.Headers(this, new ResponseBlock(responseHeaders)));
  }

  @Override
  public boolean send(Message message) throws InterruptedException {
    if (cancelled != null || answered != 0) {
      return false;
    }
    var data = new Command.Data(this, message, false);
    charge(data.size());
    if (!owner().put(data)) {
      return false;
    }
    awaitQuota();
    return cancelled == null;
  }

  // The command is complete before the answer is decided: if memory runs out, the call stays open.

  @Override
  public void close(Status status, Metadata trailers) {
    if (answered != 0) {
      return;
    }
    boolean obsolete =
        status.code() == StatusCode.DEADLINE_EXCEEDED || status.code() == StatusCode.CANCELLED;
    var end =
        new Command.Trailers(
            this,
            TrailersBlock.afterHeaders(status, trailers),
            TrailersBlock.only(headers.contentSubtype(), status, trailers),
            obsolete);
    if (ANSWERED.compareAndSet(this, 0, 1)) {
      owner().put(end);
      wakeSender();
      wakeReaders(); // the rest of the request has no reader any more
    }
  }

  @Override
  public void respond(ResponseHeaders responseHeaders, Message message, Metadata trailers) {
    if (answered != 0) {
      return;
    }
    TrailersBlock end = TrailersBlock.afterHeaders(Status.OK, trailers);
    if (headersSent) {
      respond(new Command.Data(this, message, false), new Command.Trailers(this, end, end, false));
    } else {
      var all = new Command.Respond(this, new ResponseBlock(responseHeaders), message, end);
      if (ANSWERED.compareAndSet(this, 0, 1)) {
        charge(message.payload().remaining());
        owner().put(all);
        wakeReaders();
      }
    }
  }

  private void respond(Command.Data data, Command.Trailers end) {
    if (ANSWERED.compareAndSet(this, 0, 1)) {
      charge(data.size());
      owner().put(data);
      owner().put(end);
      wakeReaders();
    }
  }
}
