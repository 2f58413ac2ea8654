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
 * A stream with the test as its server, for any thread. Messages are bytes, or text in UTF-8 if the
 * codec carries text. Answers after its end are dropped, like those of a server.
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
   * @param ended called at its end, once, outside its monitor
   */
  FakeStream(RequestHeaders requestHeaders, StreamOptions options, Runnable ended) {
    this.requestHeaders = requestHeaders;
    this.options = options;
    this.ended = ended;
  }

  // ---- the test's side

  /** {@return the request's headers} */
  public RequestHeaders requestHeaders() {
    return requestHeaders;
  }

  /** {@return its client's options} */
  public StreamOptions options() {
    return options;
  }

  /**
   * Waits until this many messages have come.
   *
   * @return all received messages, the oldest first
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
   * @return the status
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

  /**
   * {@return the statuses of the client's cancellations, the first one first; also those after its
   * end}
   */
  public synchronized List<Status> cancellations() {
    return List.copyOf(cancellations);
  }

  /** Sends headers with only the content type, unless headers were sent before. */
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
   * @throws IllegalStateException when headers were sent before
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

  /** Sends a message and ends with OK, like the answer to a unary call. */
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

  /** Ends with this end; has no effect when it has ended. */
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

  /** Makes the client's sends wait, like an empty window, until {@link #releaseSends}. */
  public synchronized void holdSends() {
    sendsWait = true;
  }

  /** Lets the client's sends continue. */
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

  /** Consumes the buffer, as a transport may. */
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
