package grpc.kernel.server;

import grpc.api.CallContext;
import grpc.api.ServerCall;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.message.InterruptedWait;
import grpc.kernel.message.MethodMarshallers;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.Message;
import grpc.spi.transport.ServerStream;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Answers a request of one of the streaming kinds. */
final class StreamingCallHandler<Q, R> extends RunningCall<Q, R> implements ServerCall<Q, R> {
  private final StreamingMethod<Q, R> method;

  StreamingCallHandler(
      StreamingMethod<Q, R> method,
      ServerSettings settings,
      MethodMarshallers<Q, R> marshallers,
      ServerStream stream,
      @Nullable Compressor compressor) {
    super(method, settings, marshallers, stream, compressor);
    this.method = method;
  }

  @Override
  public Dispatch dispatch() {
    return method.startsWhole() ? Dispatch.WHEN_WHOLE : Dispatch.AT_HEADERS;
  }

  @Override
  public ThreadFactory threads() {
    return method.threads();
  }

  @Override
  void answer() throws Exception {
    method.chain().handle(this);
    if (!headersSent()) {
      stream.sendHeaders(takeHeaders());
    }
    close(Status.OK, trailers());
  }

  @Override
  public CallContext context() {
    return this;
  }

  @Override
  public Optional<Q> receive() {
    Optional<Message> message;
    try {
      message = stream.receive();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (StatusException e) {
      if (e.code() == StatusCode.CANCELLED) {
        cancelled(e.status()); // the transport may wake the handler before it tells
      }
      throw isCancelled() ? new StatusException(reason(), e.trailers(), e) : e;
    }
    return message.map(this::decode);
  }

  @Override
  public void send(R response) {
    var message = encode(response);
    if (!headersSent()) {
      stream.sendHeaders(takeHeaders());
    }
    try {
      if (!stream.send(message)) {
        cancelled(reason());
        throw reason().asException();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private StatusException interrupted(InterruptedException e) {
    return InterruptedWait.of(
        isCancelled() ? reason() : Status.cancelled("the handler's thread was interrupted"), e);
  }
}
