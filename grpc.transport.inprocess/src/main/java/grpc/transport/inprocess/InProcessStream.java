package grpc.transport.inprocess;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.MetadataFields;
import grpc.spi.transport.NonBlockingThread;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStreamHandler;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request with its response, shared by the views of both sides. Its monitor guards every field;
 * it calls neither the handler nor the connection while it holds the monitor.
 */
final class InProcessStream {
  private final InProcessConnection connection;
  private final RequestHeaders headers;
  private final StreamOptions options;
  private final ClientView client = new ClientView(this);
  private final MessageQueue requests = new MessageQueue();
  private final MessageQueue responses = new MessageQueue();
  private @Nullable ServerStreamHandler handler;
  private @Nullable ResponseHeaders responseHeaders;
  private boolean halfClosed;
  private boolean dispatched;

  /** Its end; no message is added afterwards. */
  private @Nullable StreamEnd end;

  /** The status for the handler if the handler did not end it. */
  private @Nullable Status cut;

  InProcessStream(InProcessConnection connection, RequestHeaders headers, StreamOptions options) {
    this.connection = connection;
    this.headers = headers;
    this.options = options;
  }

  ClientStream client() {
    return client;
  }

  RequestHeaders headers() {
    return headers;
  }

  Peer serverSidePeer() {
    return connection.serverSidePeer();
  }

  /** Takes a complete request before the stream opens. */
  synchronized void prepareWhole(Message message) {
    requests.add(message);
    halfClosed = true;
  }

  /** Shows the request to the server; an inline handler may run before this returns. */
  void open(InProcessServer server, boolean onClientThread) {
    int limit = server.options().maxHeaderListSize();
    long size = MetadataFields.listSize(headers.metadata());
    if (size > limit) {
      end(
          Status.resourceExhausted(
              "request metadata: %d bytes (expected: at most %d, the server's header list limit)"
                  .formatted(size, limit)),
          Metadata.EMPTY);
      return;
    }
    var accepted = server.acceptor().accept(new ServerView(this));
    Status gone;
    synchronized (this) {
      handler = accepted;
      gone = cut;
    }
    if (gone != null) {
      accepted.cancelled(gone);
    } else {
      dispatch(onClientThread);
    }
  }

  private void dispatch(boolean onClientThread) {
    ServerStreamHandler ready;
    synchronized (this) {
      ready = handler;
      if (ready == null
          || dispatched
          || end != null
          || !ready.dispatch().startsAtHeaders() && !halfClosed) {
        return;
      }
      dispatched = true;
    }
    if (ready.dispatch().isInline() && onClientThread) {
      ready.run();
    } else {
      ready.threads().newThread(ready).start();
    }
  }

  // The client's side

  synchronized boolean sendRequest(Message message) throws InterruptedException {
    if (halfClosed) {
      throw new IllegalStateException(
          "send() after halfClose() (expected: all messages before it)");
    }
    while (requests.isFull() && end == null) {
      await("sending");
    }
    if (end != null) {
      return false;
    }
    requests.add(message);
    notifyAll();
    return true;
  }

  void halfClose() {
    synchronized (this) {
      if (halfClosed) {
        return;
      }
      halfClosed = true;
      notifyAll();
    }
    dispatch(true);
  }

  synchronized Optional<ResponseHeaders> awaitHeaders() throws InterruptedException {
    while (responseHeaders == null && end == null) {
      await("waiting for headers");
    }
    return Optional.ofNullable(responseHeaders);
  }

  Optional<Message> receiveResponse() throws InterruptedException {
    Message message;
    synchronized (this) {
      while (responses.isEmpty() && end == null) {
        await("receiving");
      }
      message = responses.poll();
      notifyAll();
      if (message == null) {
        return Optional.empty();
      }
      if (message.payload().remaining() <= options.maxReceiveMessageSize()) {
        return Optional.of(message);
      }
      responses.clear();
    }
    var status = tooLarge("response", message, options.maxReceiveMessageSize());
    if (!cut(status, StreamEnd.Progress.PROCESSED)) {
      synchronized (this) {
        end = StreamEnd.of(status);
      }
    }
    return Optional.empty();
  }

  synchronized StreamEnd awaitEnd() throws InterruptedException {
    while (end == null) {
      await("waiting for the end");
    }
    return end;
  }

  /**
   * Ends it from outside the handler, and cancels the handler. {@return whether it had not ended
   * before}
   */
  boolean cut(Status status, StreamEnd.Progress progress) {
    ServerStreamHandler toCancel;
    synchronized (this) {
      if (end != null) {
        return false;
      }
      end = StreamEnd.of(status, Metadata.EMPTY, progress);
      cut = Status.cancelled("the call was cancelled or its connection closed: " + status);
      requests.clear();
      responses.clear();
      toCancel = handler;
      notifyAll();
    }
    connection.ended(this);
    if (toCancel != null) {
      toCancel.cancelled(cut);
    }
    return true;
  }

  // The server's side

  synchronized Optional<Message> receiveRequest() throws InterruptedException {
    while (requests.isEmpty() && !halfClosed && end == null) {
      await("receiving");
    }
    if (end != null) {
      throw (cut != null ? cut : Status.cancelled("the call has ended")).asException();
    }
    var message = requests.poll();
    notifyAll();
    if (message == null) {
      return Optional.empty();
    }
    int limit = handler == null ? Integer.MAX_VALUE : handler.maxReceiveMessageSize();
    if (message.payload().remaining() > limit) {
      requests.clear();
      throw tooLarge("request", message, limit).asException();
    }
    return Optional.of(message);
  }

  boolean sendHeaders(ResponseHeaders sent) {
    return fitsClient(sent.metadata()) && keepHeaders(sent);
  }

  private synchronized boolean keepHeaders(ResponseHeaders sent) {
    if (end != null) {
      return false;
    }
    if (responseHeaders != null) {
      throw new IllegalStateException("headers have been sent already");
    }
    responseHeaders = sent;
    notifyAll();
    return true;
  }

  synchronized boolean sendResponse(Message message) throws InterruptedException {
    while (responses.isFull() && end == null) {
      await("sending");
    }
    return addResponse(message);
  }

  /** Sends without waiting. */
  synchronized boolean addResponse(Message message) {
    if (end != null) {
      return false;
    }
    responses.add(message);
    notifyAll();
    return true;
  }

  void end(Status status, Metadata trailers) {
    if (!fitsClient(trailers)) {
      return;
    }
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = StreamEnd.of(status, trailers, StreamEnd.Progress.PROCESSED);
      requests.clear();
      notifyAll();
    }
    connection.ended(this);
  }

  private boolean fitsClient(Metadata metadata) {
    int limit = connection.maxResponseHeaders();
    long size = MetadataFields.listSize(metadata);
    if (size > limit) {
      cut(
          Status.resourceExhausted(
              "response metadata: %d bytes (expected: at most %d, the channel's header list limit)"
                  .formatted(size, limit)),
          StreamEnd.Progress.PROCESSED);
    }
    return size <= limit;
  }

  private void await(String what) throws InterruptedException {
    NonBlockingThread.requireBlockingAllowed(what);
    wait();
  }

  private static Status tooLarge(String what, Message message, int limit) {
    return Status.resourceExhausted(
        "%s message: %d bytes (expected: at most %d, the %s's limit; raise maxReceiveMessageSize of %s)"
            .formatted(
                what,
                message.payload().remaining(),
                limit,
                what.equals("response") ? "client" : "server",
                what.equals("response") ? "GrpcChannelBuilder" : "GrpcServerBuilder"));
  }
}
