package grpc.kernel.server;

import grpc.api.Attributes;
import grpc.api.CallContext;
import grpc.api.Deadline;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.kernel.message.MessageDecoder;
import grpc.kernel.message.MessageEncoder;
import grpc.kernel.message.MethodMarshallers;
import grpc.kernel.message.Side;
import grpc.spi.codec.Compressor;
import grpc.spi.failure.Excerpt;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.ServerCallStart;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request being answered: what the transport runs, and what the handler knows as its context,
 * in one object: a context of its own would cost each call 24 bytes more. The handler's thread does
 * everything but {@link #cancelled}, the deadline, and what {@link CallContext} lets other threads
 * do.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
abstract sealed class RunningCall<Q, R> implements CallContext, ServerStreamHandler
    permits UnaryCallHandler, StreamingCallHandler {
  private static final Logger log = LoggerFactory.getLogger("grpc.server.handler");

  final ServerSettings settings;
  final ServerStream stream;
  final RequestHeaders request;
  final MethodMarshallers<Q, R> marshallers;
  final @Nullable Compressor requestCompressor;
  final CallObserver observer;
  private final CallState state = new CallState();
  private final CompletionCallbacks callbacks;
  private final @Nullable Deadline deadline;
  private final @Nullable Cancellable timer;
  private volatile Status reason = Status.OK;
  private Status outcome = Status.OK;
  private boolean messageCompressed;
  private @Nullable Compressor compressor;
  private boolean compressing = true;
  private boolean headersSent;
  private Metadata headers = Metadata.EMPTY;
  private Metadata trailers = Metadata.EMPTY;

  RunningCall(
      ServedMethod<Q, R> method,
      ServerSettings settings,
      MethodMarshallers<Q, R> marshallers,
      ServerStream stream,
      @Nullable Compressor compressor) {
    this.settings = settings;
    this.stream = stream;
    this.request = stream.headers();
    this.compressor = accepted(compressor); // as the request was, if its client takes that
    this.marshallers = marshallers;
    this.callbacks = new CompletionCallbacks(request.path(), settings.handlerLoader());
    this.requestCompressor = compressor;
    this.observer =
        settings.observers().isEmpty()
            ? CallObserver.NONE
            : settings
                .observers()
                .serverCall(
                    ServerCallStart.of(marshallers.method(), request.metadata(), stream.peer())
                        .withRegistered(method.registered()));
    long timeout = request.timeoutNanos();
    if (timeout == RequestHeaders.NO_TIMEOUT) {
      deadline = null;
      timer = null;
    } else {
      var clock = settings.clock();
      deadline = Deadline.after(timeout, clock.nanoTime());
      timer = clock.schedule(timeout, this::expired);
    }
  }

  /** Answers the request, on a thread of its own or inline. */
  abstract void answer() throws Exception;

  @Override
  public final int maxReceiveMessageSize() {
    return settings.maxReceiveMessageSize();
  }

  @Override
  public final void run() {
    boolean interruptible = dispatch() != Dispatch.INLINE;
    if (!state.begin(interruptible)) {
      return; // cancelled before it began
    }
    var loader = HandlerLoader.enter(settings.handlerLoader());
    try {
      answer();
    } catch (Throwable e) { // whatever a handler throws ends its call and nothing else
      fail(e);
    } finally {
      HandlerLoader.leave(loader, interruptible);
      if (timer != null) {
        timer.cancel();
      }
      if (!isCancelled()) { // else whoever cancelled it runs them
        callbacks.answered();
      }
      observer.ended(outcome);
    }
  }

  private void fail(Throwable thrown) {
    try {
      if (thrown instanceof StatusException e) {
        log.debug("{}: {}", request.path(), e.status());
        close(HandlerFailure.answer(request.path(), e), trailers().merged(e.trailers()));
      } else {
        close(unexpected(thrown), trailers());
      }
    } catch (Throwable again) { // by the handler's trailers, or by the transport: the call must end
      log.error("{}: the answer could not be sent", request.path(), again);
      outcome = HandlerFailure.unknown(request.path());
      stream.close(outcome, Metadata.EMPTY);
    }
  }

  private Status unexpected(Throwable thrown) {
    if (isCancelled()) {
      log.debug("{}: the handler of a cancelled call threw", request.path(), thrown);
      return reason();
    }
    HandlerFailures.OF_PROCESS.tell(log, request.path(), "the handler threw", thrown);
    return HandlerFailure.unknown(request.path());
  }

  @Override
  public final void cancelled(Status why) {
    if (timer != null) {
      timer.cancel();
    }
    end(why);
  }

  private void expired() {
    var status =
        Status.deadlineExceeded(
            "the deadline passed before %s had answered".formatted(Excerpt.of(request.path())));
    if (end(status)) {
      stream.close(status, Metadata.EMPTY);
    }
  }

  private boolean end(Status why) {
    if (reason.isOk()) {
      reason = why; // set before the interrupt, so that whoever is woken by it finds the reason
    }
    boolean unbegun = state.cancelUnbegun();
    if (!unbegun && !state.cancel()) {
      return false;
    }
    callbacks.cancelled();
    if (unbegun) {
      observer.ended(reason()); // transports do not run what has been cancelled
    }
    return true;
  }

  /**
   * Decides that the handler's answer is the call's end: who comes later cancels nothing. The
   * handler's thread is not interrupted from now on.
   *
   * @return false when the call was cancelled before
   */
  final boolean decide() {
    return state.end(dispatch() != Dispatch.INLINE);
  }

  /** Ends the call; what the handler of a cancelled one says is not why it ended. */
  final void close(Status status, Metadata last) {
    outcome = decide() ? status : reason();
    stream.close(outcome, last);
  }

  /** Why the call was cancelled, for what a handler's waiting throws. */
  final Status reason() {
    return reason.isOk() ? Status.cancelled("the call was cancelled") : reason;
  }

  // What the handler knows

  @Override
  public final MethodDescriptor<Q, R> method() {
    return marshallers.method();
  }

  @Override
  public final String authority() {
    return request.authority();
  }

  @Override
  public final String contentSubtype() {
    return request.contentSubtype();
  }

  @Override
  public final Metadata metadata() {
    return request.metadata();
  }

  @Override
  public final boolean messageCompressed() {
    return messageCompressed;
  }

  /** The request's next message, which has come. */
  final Q decode(Message message) {
    messageCompressed = message.compressed();
    return MessageDecoder.decode(
        marshallers.request(),
        message,
        requestCompressor,
        settings.maxReceiveMessageSize(),
        observer,
        Side.SERVER);
  }

  /** The answer's next message; null is a defect of the handler that no compiler finds. */
  final Message encode(R response) {
    if (response == null) {
      var status =
          Status.internal(
              "the handler of %s answered null; see the server's log"
                  .formatted(Excerpt.of(request.path())));
      var e = status.asException();
      HandlerFailures.OF_PROCESS.tell(
          log, request.path(), "the handler answered null (expected: a message)", e);
      throw e;
    }
    return MessageEncoder.encode(
        marshallers.response(),
        response,
        messageCompressor(),
        settings.maxSendMessageSize(),
        observer,
        Side.SERVER);
  }

  @Override
  public final Optional<Deadline> deadline() {
    return Optional.ofNullable(deadline);
  }

  @Override
  public final Peer peer() {
    return stream.peer();
  }

  @Override
  public final Attributes attributes() {
    return Attributes.EMPTY;
  }

  @Override
  public final boolean isCancelled() {
    return state.isCancelled();
  }

  @Override
  public final Registration onCancel(Runnable action) {
    return callbacks.onCancel(action);
  }

  @Override
  public final Registration onEnd(Runnable action) {
    return callbacks.onEnd(action);
  }

  // What the handler says of its answer beside the messages

  /** The headers, which are about to leave. */
  final ResponseHeaders takeHeaders() {
    headersSent = true;
    return ResponseHeaders.of(
        request.contentSubtype(),
        compressor == null ? RequestHeaders.IDENTITY : compressor.encoding(),
        settings.providers().acceptEncoding(),
        headers);
  }

  final boolean headersSent() {
    return headersSent;
  }

  /** What compresses the next message, or null. */
  final @Nullable Compressor messageCompressor() {
    return compressing ? compressor : null;
  }

  final Metadata trailers() {
    return trailers;
  }

  @Override
  public final void responseHeaders(Metadata metadata) {
    requireHeadersUnsent();
    headers = Objects.requireNonNull(metadata, "headers (for none: Metadata.EMPTY)");
  }

  @Override
  public final void sendHeaders() {
    requireHeadersUnsent();
    stream.sendHeaders(takeHeaders());
  }

  @Override
  public final void responseTrailers(Metadata metadata) {
    trailers = Objects.requireNonNull(metadata, "trailers (for none: Metadata.EMPTY)");
  }

  @Override
  public final void compressor(String encoding) {
    requireHeadersUnsent();
    compressor =
        encoding.equals(RequestHeaders.IDENTITY)
            ? null
            : accepted(settings.providers().requireCompressor(encoding));
  }

  /** The compressor, unless the client does not take its encoding. */
  private @Nullable Compressor accepted(@Nullable Compressor wanted) {
    return wanted != null && request.accepts(wanted.encoding()) ? wanted : null;
  }

  @Override
  public final void compressMessages(boolean compress) {
    compressing = compress;
  }

  private void requireHeadersUnsent() {
    if (headersSent) {
      throw new IllegalStateException(
          "the response headers have been sent already (expected: before the first message)");
    }
  }
}
