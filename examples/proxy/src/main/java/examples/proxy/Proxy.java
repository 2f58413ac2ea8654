package examples.proxy;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.MethodDefinition;
import grpc.api.MethodDescriptor;
import grpc.api.MethodHandler;
import grpc.api.MethodType;
import grpc.api.Requests;
import grpc.api.Responses;
import grpc.api.StatusException;
import grpc.api.UnknownMethodHandler;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Forwards calls of any method to another server, as bytes. Each side reads only as fast as the
 * other sends on. Deadline and cancellation are inherited. Metadata, trailers and status are passed
 * on unchanged.
 *
 * @param backend the channel to the other server
 */
public record Proxy(Channel backend) implements UnknownMethodHandler {
  @Override
  public Optional<MethodDefinition<?, ?>> find(String fullName) {
    var method =
        MethodDescriptor.of(
            fullName, MethodType.BIDI_STREAMING, ByteBuffer.class, ByteBuffer.class, "raw");
    MethodHandler.BidiStreaming<ByteBuffer, ByteBuffer> handler =
        (requests, responses) -> forward(method, requests, responses);
    return Optional.of(MethodDefinition.of(method, handler));
  }

  private void forward(
      MethodDescriptor<ByteBuffer, ByteBuffer> method,
      Requests<ByteBuffer> requests,
      Responses<ByteBuffer> responses) {
    var context = CallContext.CURRENT.get();
    var options =
        CallOptions.DEFAULT
            .withMetadata(context.metadata())
            .withContentSubtype(context.contentSubtype())
            .withMaxReceiveMessageSize(Integer.MAX_VALUE); // the client has its own limit
    var unsent = new AtomicReference<StatusException>();
    try (var call = backend.call(method, options)) {
      call.start();
      Thread.startVirtualThread(() -> sendAll(requests, call, unsent));
      context.responseHeaders(call.headers());
      context.sendHeaders();
      for (var response : call) {
        responses.send(response);
      }
      context.responseTrailers(call.trailers());
    } catch (StatusException e) {
      throw Optional.ofNullable(unsent.get()).orElse(e); // the cause: e may be just our own cancel
    }
  }

  private static void sendAll(
      Requests<ByteBuffer> requests,
      ClientCall<ByteBuffer, ByteBuffer> call,
      AtomicReference<StatusException> unsent) {
    try {
      for (var request : requests) {
        if (!call.send(request)) {
          return; // the server has answered, and reads no more
        }
      }
      call.halfClose();
    } catch (StatusException e) {
      unsent.set(e);
      call.cancel("the request ended: " + e.status());
    }
  }
}
