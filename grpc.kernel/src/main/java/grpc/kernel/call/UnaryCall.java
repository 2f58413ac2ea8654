package grpc.kernel.call;

import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.api.UnaryResponse;
import grpc.kernel.message.MessageDecoder;
import grpc.kernel.message.MessageEncoder;
import grpc.kernel.message.MethodMarshallers;
import grpc.kernel.retry.RetryPlan;
import grpc.spi.codec.Compressor;
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
  private static final StreamEnd GIVEN_UP =
      CallLifetime.endOf(Status.cancelled("the call was given up"));

  private final MethodMarshallers<Q, R> method;
  private final CallLifetime call;
  private StreamEnd end = GIVEN_UP;

  UnaryCall(Retries retries, MethodMarshallers<Q, R> method, CallOptions options) {
    this.method = method;
    this.call = new CallLifetime(retries, method.method(), options);
  }

  UnaryResponse<R> make(Q request) {
    try {
      var over = call.awaitConfig();
      if (over != null) {
        throw over.asException();
      }
      var compressor = Encodings.chosen(call.options(), call.front().settings().providers());
      return call.retries().follows(call)
          ? byPolicy(request, compressor)
          : untilSeen(request, compressor);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var status = Status.cancelled("the calling thread was interrupted");
      call.cancel(status);
      throw new StatusException(status, Metadata.EMPTY, e);
    } finally {
      call.ended(end.status());
    }
  }

  /** As many attempts as it takes until a server has seen the request; as a rule one. */
  private UnaryResponse<R> untilSeen(Q request, @Nullable Compressor compressor)
      throws InterruptedException {
    var attempt = new CallAttempt(call);
    boolean refused = false;
    for (int earlier = 0; ; earlier++) {
      end = GIVEN_UP;
      try {
        var message = encode(request, compressor);
        var stream = attempt.start(message, true, Encodings.name(compressor), 0, earlier > 0);
        call.runs(stream);
        var response = receive(stream);
        if (end.status().isOk()) {
          return response(stream, response);
        }
      } finally {
        attempt.ended(end);
      }
      if (!attempt.isOpened()
          || call.over() != null
          || !call.front().repeats()
          || !RetryPlan.mayRepeat(end, refused)) {
        throw new StatusException(end.status(), end.trailers());
      }
      refused |= end.progress() == StreamEnd.Progress.UNPROCESSED;
      call.pauseBeforeRepeating(earlier);
      attempt = new CallAttempt(call);
    }
  }

  /** As many attempts as the service config allows. */
  private UnaryResponse<R> byPolicy(Q request, @Nullable Compressor compressor)
      throws InterruptedException {
    var stream =
        call.retries().start(call, true, Encodings.name(compressor), encode(request, compressor));
    try {
      var response = receive(stream);
      if (!end.status().isOk()) {
        throw new StatusException(end.status(), end.trailers());
      }
      return response(stream, response);
    } finally {
      stream.callEnded(end);
    }
  }

  private Message encode(Q request, @Nullable Compressor compressor) {
    return MessageEncoder.encode(
        method.request(), request, compressor, call.maxSend(), call.observer());
  }

  /** The response where there is one; the end is then known. */
  private @Nullable Message receive(ClientStream stream) throws InterruptedException {
    @Nullable Message response = stream.receive().orElse(null);
    if (response != null && stream.receive().isPresent()) {
      var status = Status.internal("the server answered a unary call with several messages");
      stream.cancel(status);
      throw status.asException();
    }
    end = call.seen(stream.end());
    return response;
  }

  private UnaryResponse<R> response(ClientStream stream, @Nullable Message message)
      throws InterruptedException {
    var headers = stream.headers();
    if (message == null || headers.isEmpty()) {
      throw Status.internal("the server answered a unary call with OK but no message")
          .asException();
    }
    var compressor = Encodings.of(headers.get(), call.front().settings().providers());
    R response =
        MessageDecoder.decode(
            method.response(), message, compressor, call.maxReceive(), call.observer());
    return new UnaryResponse<>(headers.get().metadata(), response, end.trailers());
  }
}
