package grpc.testing;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.spi.transport.StreamOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose server is the test, for any thread. Messages are bytes or, where a codec makes
 * them so, text in UTF-8. Answers that come after its end are dropped, as those of a server are.
 */
public final class FakeStream implements ClientStream {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RequestHeaders requestHeaders;
  private final StreamOptions options;
  private final Runnable ended;
  private final List<byte[]> requests = new ArrayList<>(); // under this monitor, as is the rest
  private final Queue<Message> responses = new ArrayDeque<>();
  private final List<Status> cancellations = new ArrayList<>();
  private @Nullable ResponseHeaders headers;
  private @Nullable StreamEnd end;
  private boolean halfClosed;
  private boolean sendsWait;

  /**
   * A stream that has just begun.
   *
   * @param ended hears of its end, once, outside its monitor
   */
  FakeStream(RequestHeaders requestHeaders, StreamOptions options, Runnable ended) {
    this.requestHeaders = requestHeaders;
    this.options = options;
    this.ended = ended;
  }

  // ---- the test's side

  /** {@return what the request said before its messages} */
  public RequestHeaders requestHeaders() {
    return requestHeaders;
  }

  /** {@return what its client wants of it} */
  public StreamOptions options() {
    return options;
  }

  /**
   * Waits until so many messages have come.
   *
   * @return all that have come, the oldest first
   * @throws AssertionError when they have not come within 20 s
   */
  public synchronized List<ByteBuffer> requests(int count) throws InterruptedException {
    await(() -> requests.size() >= count, count + " requests");
    return requests.stream().map(ByteBuffer::wrap).toList();
  }

  /** Waits as {@link #requests} does, and returns the messages as text. */
  public List<String> texts(int count) throws InterruptedException {
    return requests(count).stream().map(r -> StandardCharsets.UTF_8.decode(r).toString()).toList();
  }

  /**
   * Waits until the client has half-closed.
   *
   * @throws AssertionError when it has not within 20 s
   */
  public synchronized void awaitHalfClose() throws InterruptedException {
    await(() -> halfClosed, "half-close");
  }

  /**
   * Waits until it has ended from either side.
   *
   * @return with which status
   * @throws AssertionError when it has not within 20 s
   */
  public synchronized Status awaitEnd() throws InterruptedException {
    await(() -> end != null, "end");
    return end().status();
  }

  /** {@return whether it has ended, from either side} */
  public synchronized boolean hasEnded() {
    return end != null;
  }

  /** {@return what the client cancelled it for, the first time first; after its end, too} */
  public synchronized List<Status> cancellations() {
    return List.copyOf(cancellations);
  }

  /** Sends headers that say no more than the content type, unless there were some before. */
  public synchronized void answersHeaders() {
    if (headers == null) {
      answersHeaders(
          ResponseHeaders.of(
              requestHeaders.contentSubtype(), RequestHeaders.IDENTITY, "", Metadata.EMPTY));
    }
  }

  /**
   * Sends these headers.
   *
   * @throws IllegalStateException when there were some before
   */
  public synchronized void answersHeaders(ResponseHeaders answer) {
    if (headers != null) {
      throw new IllegalStateException("headers after " + headers);
    }
    if (end == null) {
      headers = answer;
      notifyAll();
    }
  }

  /** Sends a message that is not compressed, and headers before the first. */
  public synchronized void answers(byte[] message) {
    answersHeaders();
    if (end == null) {
      responses.add(new Message(false, ByteBuffer.wrap(message)));
      notifyAll();
    }
  }

  /** Sends text, and headers before the first. */
  public void answers(String text) {
    answers(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a message and ends with OK, as the answer to a unary call does. */
  public void succeeds(byte[] message) {
    answers(message);
    fails(Status.OK);
  }

  /** Sends text and ends with OK. */
  public void succeeds(String text) {
    succeeds(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends with this status, no trailers, and the request processed. */
  public void fails(Status status) {
    ends(status, Metadata.EMPTY, Progress.PROCESSED);
  }

  /** Ends so; does nothing when it has ended. */
  public void ends(Status status, Metadata trailers, Progress progress) {
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = StreamEnd.of(status, trailers, progress);
      notifyAll();
    }
    ended.run();
  }

  /** Has the client's sends wait, as a window of nothing does, until {@link #releaseSends}. */
  public synchronized void holdSends() {
    sendsWait = true;
  }

  /** Lets the client's sends go on. */
  public synchronized void releaseSends() {
    sendsWait = false;
    notifyAll();
  }

  private void await(BooleanSupplier condition, String what) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("no " + what + " within " + PATIENCE);
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
  }

  // ---- the client's side

  /** The whole request, sent with its headers. */
  synchronized void sendWhole(Message message) {
    requests.add(bytes(message));
    halfClosed = true;
  }

  @Override
  public synchronized boolean send(Message message) throws InterruptedException {
    while (sendsWait && end == null) {
      wait();
    }
    if (end != null) {
      return false;
    }
    if (halfClosed) {
      throw new IllegalStateException("a message after the half-close");
    }
    requests.add(bytes(message));
    notifyAll();
    return true;
  }

  /** Reads as a transport may, leaving nothing to be read again. */
  private static byte[] bytes(Message message) {
    var bytes = new byte[message.payload().remaining()];
    message.payload().get(bytes);
    return bytes;
  }

  @Override
  public synchronized void halfClose() {
    halfClosed = true;
    notifyAll();
  }

  @Override
  public synchronized Optional<ResponseHeaders> headers() throws InterruptedException {
    while (headers == null && end == null) {
      wait();
    }
    return Optional.ofNullable(headers);
  }

  @Override
  public synchronized Optional<Message> receive() throws InterruptedException {
    while (responses.isEmpty() && end == null) {
      wait();
    }
    return Optional.ofNullable(responses.poll());
  }

  @Override
  public synchronized StreamEnd end() throws InterruptedException {
    while (end == null) {
      wait();
    }
    return end;
  }

  @Override
  public void cancel(Status status) {
    synchronized (this) {
      cancellations.add(status);
      if (end == null) {
        responses.clear();
      }
    }
    fails(status);
  }

  @Override
  public String toString() {
    return requestHeaders.path();
  }
}
