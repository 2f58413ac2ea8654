package grpc.kernel.call;

import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.api.UnaryResponse;
import grpc.kernel.channel.ChannelCore;
import grpc.kernel.message.MessageDecoder;
import grpc.kernel.message.MessageEncoder;
import grpc.kernel.message.MethodMarshallers;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.StreamEnd;
import org.jspecify.annotations.Nullable;

/**
 * One request, one response, on the caller's thread from beginning to end.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
final class UnaryCall<Q, R> {
  private final ChannelCore core;
  private final MethodMarshallers<Q, R> method;
  private final CallOptions options;

  UnaryCall(ChannelCore core, MethodMarshallers<Q, R> method, CallOptions options) {
    this.core = core;
    this.method = method;
    this.options = options;
  }

  UnaryResponse<R> make(Q request) {
    var attempt = new CallAttempt(core, method.method(), options);
    StreamEnd end = CallAttempt.endOf(Status.cancelled("the call was given up"));
    try {
      var over = attempt.awaitConfig();
      if (over != null) {
        throw over.asException();
      }
      var compressor = Encodings.chosen(options, core.settings().providers());
      for (int earlier = 0; ; earlier++) {
        var message =
            MessageEncoder.encode(method.request(), request, compressor, attempt.maxSend());
        var stream = attempt.start(message, true, Encodings.name(compressor));
        @Nullable Message response = stream.receive().orElse(null);
        if (response != null && stream.receive().isPresent()) {
          var status = Status.internal("the server answered a unary call with several messages");
          stream.cancel(status);
          throw status.asException();
        }
        end = attempt.seen(stream.end());
        if (end.status().isOk()) {
          return response(attempt, stream, response, end.trailers());
        }
        if (!attempt.mayStartAgain(end, earlier)) {
          throw new StatusException(end.status(), end.trailers());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var status = Status.cancelled("the calling thread was interrupted");
      attempt.cancel(status);
      end = CallAttempt.endOf(status);
      throw new StatusException(status, Metadata.EMPTY, e);
    } finally {
      attempt.ended(end);
    }
  }

  private UnaryResponse<R> response(
      CallAttempt attempt, ClientStream stream, @Nullable Message message, Metadata trailers)
      throws InterruptedException {
    var headers = stream.headers();
    if (message == null || headers.isEmpty()) {
      throw Status.internal("the server answered a unary call with OK but no message")
          .asException();
    }
    var compressor = Encodings.of(headers.get(), core.settings().providers());
    R response =
        MessageDecoder.decode(method.response(), message, compressor, attempt.maxReceive());
    return new UnaryResponse<>(headers.get().metadata(), response, trailers);
  }
}
