package grpc.kernel.call;

import grpc.api.CallOptions;
import grpc.api.ClientCall;
import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.kernel.channel.ChannelCore;
import grpc.kernel.message.MessageDecoder;
import grpc.kernel.message.MessageEncoder;
import grpc.kernel.message.MethodMarshallers;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.StreamEnd;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private final ChannelCore core;
  private final MethodMarshallers<Q, R> method;
  private final CallAttempt attempt;
  private final CallOptions options;
  private final Object starting = new Object();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable ClientStream stream;
  private volatile @Nullable StatusException failure;
  private @Nullable Compressor requestCompressor;
  private @Nullable Compressor responseCompressor;
  private boolean responseStarted;

  StreamingCall(ChannelCore core, MethodMarshallers<Q, R> method, CallOptions options) {
    this.core = core;
    this.method = method;
    this.options = options;
    this.attempt = new CallAttempt(core, method.method(), options);
  }

  @Override
  public void start() {
    started();
  }

  @Override
  public boolean send(Q message) {
    var running = started();
    var encoded = encode(message);
    return waiting(s -> s.send(encoded)) || endedWithOk(running);
  }

  @Override
  public boolean sendLast(Q message) {
    synchronized (starting) {
      if (stream == null) {
        var begun = begin(message);
        stream = begun;
        return !(begun instanceof EndedStream ended) || !ok(ended.end()).status().isOk();
      }
    }
    boolean sent = send(message);
    halfClose();
    return sent;
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
              .map(h -> Optional.ofNullable(Encodings.of(h, core.settings().providers())))
              .orElse(Optional.empty())
              .orElse(null);
    }
    return MessageDecoder.decode(
        method.response(), message, responseCompressor, attempt.maxReceive());
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
  public void cancel(String reason) {
    if (!ended.get()) {
      var status = Status.cancelled(reason);
      attempt.cancel(status);
      finish(CallAttempt.endOf(status));
    }
  }

  /** The stream, started by the first that asks for it. */
  private ClientStream started() {
    var running = stream;
    if (running != null) {
      return running;
    }
    synchronized (starting) {
      running = stream;
      if (running == null) {
        running = begin(null);
        stream = running;
      }
      return running;
    }
  }

  private ClientStream begin(@Nullable Q whole) {
    try {
      var over = attempt.awaitConfig();
      if (over != null) {
        return new EndedStream(over);
      }
      requestCompressor = Encodings.chosen(options, core.settings().providers());
      boolean single = !method.method().type().serverStreams();
      return attempt.start(
          whole == null ? null : encode(whole), single, Encodings.name(requestCompressor));
    } catch (StatusException e) {
      return new EndedStream(new StreamEnd(e.status(), e.trailers(), StreamEnd.Progress.NOT_SENT));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Message encode(Q message) {
    try {
      return MessageEncoder.encode(method.request(), message, requestCompressor, attempt.maxSend());
    } catch (StatusException e) {
      throw stream == null ? e : fail(e);
    }
  }

  private <T> T waiting(Wait<T> wait) {
    var failed = failure;
    if (failed != null) {
      throw new StatusException(failed.status(), failed.trailers(), failed);
    }
    var running = stream;
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
    var end = attempt.seen(found);
    finish(end);
    if (!end.status().isOk()) {
      throw new StatusException(end.status(), end.trailers());
    }
    return end;
  }

  private void finish(StreamEnd end) {
    if (ended.compareAndSet(false, true)) {
      attempt.ended(end);
    }
  }

  /** Ends the call for a fault that this side found. */
  private StatusException fail(StatusException e) {
    failure = e;
    attempt.cancel(e.status());
    finish(CallAttempt.endOf(e.status()));
    return e;
  }

  private StatusException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    var status = Status.cancelled("the calling thread was interrupted");
    attempt.cancel(status);
    finish(CallAttempt.endOf(status));
    return new StatusException(status, Metadata.EMPTY, e);
  }
}
