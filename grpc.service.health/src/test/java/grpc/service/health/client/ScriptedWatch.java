package grpc.service.health.client;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.service.health.proto.HealthCheckResponse;
import grpc.service.health.proto.HealthCheckResponse.ServingStatus;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A stream of statuses that the test writes. */
final class ScriptedWatch implements ClientStream {
  final RequestHeaders headers;
  final Message request;
  final CompletableFuture<Status> cancelled = new CompletableFuture<>();
  private final LinkedBlockingQueue<Optional<Message>> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();

  ScriptedWatch(RequestHeaders headers, Message request) {
    this.headers = headers;
    this.request = request;
  }

  void tells(ServingStatus status) {
    tells(HealthCheckResponse.newBuilder().setStatus(status).build().toByteArray());
  }

  void tells(byte[] response) {
    messages.add(Optional.of(new Message(false, ByteBuffer.wrap(response))));
  }

  void ends(Status status) {
    end.complete(status);
    messages.add(Optional.empty());
  }

  @Override
  public boolean send(Message message) {
    return false;
  }

  @Override
  public void halfClose() {}

  @Override
  public Optional<ResponseHeaders> headers() {
    return Optional.empty();
  }

  @Override
  public Optional<Message> receive() throws InterruptedException {
    return messages.take();
  }

  @Override
  public StreamEnd end() {
    return new StreamEnd(end.join(), Metadata.EMPTY, StreamEnd.Progress.PROCESSED);
  }

  @Override
  public void cancel(Status status) {
    cancelled.complete(status);
    ends(status);
  }
}
