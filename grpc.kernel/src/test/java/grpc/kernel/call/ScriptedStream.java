package grpc.kernel.call;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamEnd.Progress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A stream whose server is the test. Its monitor guards all. */
final class ScriptedStream implements ClientStream {
  final RequestHeaders request;
  private final Queue<Message> responses = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private @Nullable ResponseHeaders headers;
  private @Nullable StreamEnd end;
  private boolean halfClosed;
  private boolean blocked;

  ScriptedStream(RequestHeaders request) {
    this.request = request;
  }

  // the test's side

  void answersHeaders() {
    answersHeaders(RequestHeaders.IDENTITY);
  }

  synchronized void answersHeaders(String encoding) {
    headers = new ResponseHeaders("text", encoding, "", Metadata.EMPTY);
    notifyAll();
  }

  synchronized void answers(String text) {
    answersHeaders();
    responses.add(new Message(false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    notifyAll();
  }

  void succeeds(String text) {
    answers(text);
    ends(Status.OK, Metadata.EMPTY, Progress.PROCESSED);
  }

  void fails(Status status) {
    ends(status, Metadata.EMPTY, Progress.PROCESSED);
  }

  synchronized void ends(Status status, Metadata trailers, Progress progress) {
    if (end == null) {
      end = new StreamEnd(status, trailers, progress);
      notifyAll();
    }
  }

  /** Whether sends wait, as with a flow-control window of nothing. */
  synchronized void block(boolean waits) {
    blocked = waits;
    notifyAll();
  }

  /** Waits until so many requests have come. */
  synchronized List<String> requests(int count) throws InterruptedException {
    while (requests.size() < count) {
      wait();
    }
    return List.copyOf(requests);
  }

  synchronized void awaitHalfClose() throws InterruptedException {
    while (!halfClosed) {
      wait();
    }
  }

  /** Waits until it has ended from either side. */
  synchronized Status awaitEnd() throws InterruptedException {
    return end().status();
  }

  // the client's side

  synchronized void whole(Message message) {
    requests.add(text(message));
    halfClosed = true;
    notifyAll();
  }

  @Override
  public synchronized boolean send(Message message) throws InterruptedException {
    while (blocked && end == null) {
      wait();
    }
    if (end != null) {
      return false;
    }
    requests.add(text(message));
    notifyAll();
    return true;
  }

  /** Reads as a transport may, leaving nothing to be read again. */
  private static String text(Message message) {
    var bytes = new byte[message.payload().remaining()];
    message.payload().get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
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
    ends(status, Metadata.EMPTY, Progress.PROCESSED);
  }
}
