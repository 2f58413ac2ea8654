package grpc.kernel.server;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * A request whose stream is the test: nothing comes until it is answered, and then whoever reads or
 * sends hears, as of a transport, that it has ended.
 */
final class ScriptedRequest implements ServerStream {
  /** How the request was answered. */
  final CompletableFuture<Status> answer = new CompletableFuture<>();

  /** Counted down by who waits for a message. */
  final CountDownLatch reading = new CountDownLatch(1);

  private final RequestHeaders headers;
  private final Runnable onceAnswered;

  /**
   * A request.
   *
   * @param onceAnswered runs when the answer is there and its handler has not left
   */
  ScriptedRequest(String path, long timeoutNanos, Runnable onceAnswered) {
    this.headers =
        RequestHeaders.of(
            path, "server", timeoutNanos, "", RequestHeaders.IDENTITY, "", Metadata.EMPTY);
    this.onceAnswered = onceAnswered;
  }

  @Override
  public RequestHeaders headers() {
    return headers;
  }

  @Override
  public Peer peer() {
    var address = new InetSocketAddress("127.0.0.1", 1);
    return Peer.of(address, address);
  }

  @Override
  public Optional<Message> receive() {
    reading.countDown();
    answer.join();
    throw Status.cancelled("the call has ended").asException();
  }

  @Override
  public void sendHeaders(ResponseHeaders response) {}

  @Override
  public boolean send(Message message) {
    return !answer.isDone();
  }

  /** What the transport throws of the first answer, as where its trailers cannot be encoded. */
  private Optional<Error> refusal = Optional.empty();

  /** Does not take the first answer. */
  void refuseFirst(Error thrown) {
    refusal = Optional.of(thrown);
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (refusal.isPresent()) {
      var thrown = refusal.get();
      refusal = Optional.empty();
      throw thrown;
    }
    if (answer.complete(status)) {
      onceAnswered.run();
    }
  }

  @Override
  public void respond(ResponseHeaders response, Message message, Metadata trailers) {
    close(Status.OK, trailers);
  }
}
