package grpc.kernel.server;

import grpc.api.Status;
import grpc.kernel.message.MethodMarshallers;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.Message;
import grpc.spi.transport.ServerStream;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Answers one request with one response; starts when the request is whole, so it never waits. */
final class UnaryCallHandler<Q, R> extends RunningCall<Q, R> {
  private final UnaryMethod<Q, R> method;

  UnaryCallHandler(
      UnaryMethod<Q, R> method,
      ServerSettings settings,
      MethodMarshallers<Q, R> marshallers,
      ServerStream stream,
      @Nullable Compressor compressor) {
    super(method, settings, marshallers, stream, compressor);
    this.method = method;
  }

  @Override
  public Dispatch dispatch() {
    return method.inline() ? Dispatch.INLINE : Dispatch.WHEN_WHOLE;
  }

  @Override
  public ThreadFactory threads() {
    return method.threads();
  }

  @Override
  void answer() throws Exception {
    Message message =
        stream
            .receive()
            .orElseThrow(() -> Status.internal("a unary request with no message").asException());
    if (stream.receive().isPresent()) {
      throw Status.internal("a unary request with several messages").asException();
    }
    var encoded = encode(method.chain().handle(decode(message), this));
    if (headersSent()) {
      stream.send(encoded);
      close(Status.OK, trailers());
    } else if (decide()) {
      stream.respond(takeHeaders(), encoded, trailers());
    } else {
      close(reason(), trailers());
    }
  }
}
