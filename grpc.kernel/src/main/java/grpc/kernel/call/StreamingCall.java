package grpc.kernel.call;

import grpc.api.CallOptions;
import grpc.api.ClientCall;
import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.kernel.attempt.CallLifetime;
import grpc.kernel.attempt.CallStream;
import grpc.kernel.attempt.Retries;
import grpc.kernel.message.InterruptedWait;
import grpc.kernel.message.MessageDecoder;
import grpc.kernel.message.MessageEncoder;
import grpc.kernel.message.MethodMarshallers;
import grpc.kernel.message.Side;
import grpc.kernel.pick.CallEnvironment;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.EndedStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.NonBlockingThread;
import grpc.spi.transport.StreamEnd;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A call of any kind. One thread sends, one reads, anyone cancels. Whoever needs the stream first
 * starts it, while others wait on {@link #starting}.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
final class StreamingCall<Q, R> implements ClientCall<Q, R> {
  /** What may wait in a method of the stream. */
  @FunctionalInterface
  private interface Wait<T> {
    T run(ClientStream stream) throws InterruptedException;
  }

  private final MethodMarshallers<Q, R> method;
  private final CallLifetime call;
  private final ReentrantLock starting = new ReentrantLock();
  private final AbandonedCallGuard open;
  private volatile @Nullable StatusException failure;
  private final @Nullable Compressor requestCompressor;
  private @Nullable Compressor responseCompressor;
  private boolean responseStarted;
  private volatile boolean compressing = true;

  StreamingCall(
      CallEnvironment environment,
      Retries retries,
      MethodMarshallers<Q, R> method,
      CallOptions options) {
    this.method = method;
    this.requestCompressor = Encodings.chosen(options, environment.settings().providers());
    this.call = new CallLifetime(environment, retries, method.method(), options);
    this.open = AbandonedCallGuard.of(this, call);
  }

  @Override
  public void start() {
    started();
  }

  @Override
  public boolean send(Q message) {
    Objects.requireNonNull(message, "request: null (expected: a message)");
    var running = started();
    var encoded = encode(message);
    return waiting(s -> s.send(encoded)) || endedWithOk(running);
  }

  @Override
  public boolean sendLast(Q message) {
    Objects.requireNonNull(message, "request: null (expected: a message)");
    lockStarting();
    try {
      if (open.stream() == null) {
        var begun = open.begin(begin(message));
        return !(begun instanceof EndedStream ended) || !ok(ended.end()).status().isOk();
      }
    } finally {
      starting.unlock();
    }
    boolean sent = send(message);
    halfClose();
    return sent;
  }

  @Override
  public void compressMessages(boolean compress) {
    compressing = compress;
  }

  @Override
  public void halfClose() {
    started().halfClose();
  }

  @Override
  public Metadata headers() {
    var running = started();
    var headers = waiting(ClientStream::headers);
    if (headers.isEmpty()) {
      endedWithOk(running);
      return Metadata.EMPTY;
    }
    return headers.get().metadata();
  }

  @Override
  public Optional<R> receive() {
    var running = started();
    var message = waiting(ClientStream::receive);
    if (message.isEmpty()) {
      endedWithOk(running);
      return Optional.empty();
    }
    try {
      return Optional.of(decode(message.get()));
    } catch (StatusException e) {
      throw fail(e);
    }
  }

  private R decode(Message message) {
    if (!responseStarted) {
      responseStarted = true;
      responseCompressor =
          waiting(ClientStream::headers)
              .map(h ->
                  Optional.ofNullable(Encodings.of(h, call.environment().settings().providers())))
              .orElse(Optional.empty())
              .orElse(null);
    }
    return MessageDecoder.decode(
        method.response(),
        message,
        responseCompressor,
        call.effective().maxReceive(),
        call.observer(),
        Side.CLIENT);
  }

  @Override
  public Metadata trailers() {
    started();
    while (waiting(ClientStream::receive).isPresent()) {
      // passed over
    }
    return ok(waiting(ClientStream::end)).trailers();
  }

  @Override
  public Optional<Peer> peer() {
    return open.stream() instanceof CallStream attempts
        ? Optional.ofNullable(attempts.peer())
        : Optional.empty();
  }

  @Override
  public void cancel(String reason) {
    open.cancel(Status.cancelled(reason));
  }

  /** The stream, started by the first that asks for it. */
  private ClientStream started() {
    var running = open.stream();
    if (running != null) {
      return running;
    }
    lockStarting();
    try {
      running = open.stream();
      if (running == null) {
        running = open.begin(begin(null));
      }
      return running;
    } finally {
      starting.unlock();
    }
  }

  /** Waits until no other thread starts the call; an interrupt meanwhile cancels it. */
  private void lockStarting() {
    if (starting.tryLock()) {
      return;
    }
    NonBlockingThread.requireBlockingAllowed("waiting for the start of a call");
    try {
      starting.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private ClientStream begin(@Nullable Q whole) {
    try {
      var over = call.awaitConfig();
      if (over != null) {
        return EndedStream.unsent(over);
      }
      boolean single = !method.method().type().serverStreams();
      return call.retries()
          .start(
              call,
              single,
              Encodings.name(requestCompressor),
              whole == null ? null : encode(whole));
    } catch (StatusException e) {
      return EndedStream.of(StreamEnd.of(e.status(), e.trailers(), StreamEnd.Progress.NOT_SENT));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Message encode(Q message) {
    try {
      return MessageEncoder.encode(
          method.request(),
          message,
          compressing ? requestCompressor : null,
          call.effective().maxSend(),
          call.observer(),
          Side.CLIENT);
    } catch (StatusException e) {
      throw open.stream() == null ? e : fail(e);
    }
  }

  private <T> T waiting(Wait<T> wait) {
    var failed = failure;
    if (failed != null) {
      throw new StatusException(failed.status(), failed.trailers(), failed);
    }
    var running = open.stream();
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    try {
      return wait.run(running);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** False when it ended with OK; throws when it ended otherwise. */
  private boolean endedWithOk(ClientStream running) {
    ok(waiting(s -> running.end()));
    return false;
  }

  private StreamEnd ok(StreamEnd found) {
    var end = call.seen(found);
    open.finish(end);
    if (!end.status().isOk()) {
      throw new StatusException(end.status(), end.trailers());
    }
    return end;
  }

  /** Ends the call for a fault that this side found. */
  private StatusException fail(StatusException e) {
    failure = e;
    open.cancel(e.status());
    return e;
  }

  private StatusException interrupted(InterruptedException e) {
    open.cancel(CallLifetime.INTERRUPTED);
    return InterruptedWait.of(CallLifetime.INTERRUPTED, e);
  }
}
