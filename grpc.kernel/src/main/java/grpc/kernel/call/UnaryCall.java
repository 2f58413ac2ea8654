package grpc.kernel.call;

import grpc.api.CallOptions;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.api.UnaryResponse;
import grpc.kernel.attempt.CallAttempt;
import grpc.kernel.attempt.CallLifetime;
import grpc.kernel.attempt.CallStream;
import grpc.kernel.attempt.Retries;
import grpc.kernel.message.InterruptedWait;
import grpc.kernel.message.MessageDecoder;
import grpc.kernel.message.MessageEncoder;
import grpc.kernel.message.MethodMarshallers;
import grpc.kernel.message.Side;
import grpc.kernel.pick.CallEnvironment;
import grpc.kernel.retry.RetryPlan;
import grpc.spi.codec.Compressor;
import grpc.spi.observe.CallObserver;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.StreamEnd;
import java.util.Objects;
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
  private final @Nullable Compressor compressor;
  private final CallLifetime call;
  private StreamEnd end = GIVEN_UP;

  UnaryCall(
      CallEnvironment environment,
      Retries retries,
      MethodMarshallers<Q, R> method,
      CallOptions options) {
    this.method = method;
    this.compressor = Encodings.chosen(options, environment.settings().providers());
    this.call = new CallLifetime(environment, retries, method.method(), options);
  }

  UnaryResponse<R> make(Q request) {
    var outcome = GIVEN_UP.status();
    try {
      var over = call.awaitConfig();
      if (over != null) {
        throw over.asException();
      }
      var response = call.retries().hedges(call) ? sideBySide(request) : inTurn(request);
      outcome = Status.OK;
      return response;
    } catch (StatusException e) {
      outcome = e.status();
      throw e;
    } catch (RuntimeException | Error e) { // a plugin's bug: the server need not go on
      call.cancel(GIVEN_UP.status());
      throw e;
    } catch (InterruptedException e) {
      outcome = CallLifetime.INTERRUPTED;
      call.cancel(outcome);
      throw InterruptedWait.of(outcome, e);
    } finally {
      call.ended(outcome);
    }
  }

  /**
   * One attempt after another, as a rule one. The caller keeps the request for all of them, so each
   * marshals it for itself.
   */
  private UnaryResponse<R> inTurn(Q request) throws InterruptedException {
    @Nullable RetryPlan plan = null;
    int previous = 0;
    boolean repeats = false;
    while (true) {
      var attempt = new CallAttempt(call);
      end = GIVEN_UP;
      boolean begun;
      try {
        var observer = plan == null ? call.observer() : CallObserver.NONE; // hears of it once
        var message = encode(request, observer);
        var stream = attempt.start(message, true, Encodings.name(compressor), previous, repeats);
        call.runs(stream);
        var response = receive(stream);
        if (end.status().isOk()) {
          return response(stream, response, attempt.peer());
        }
        begun = stream.headers().isPresent();
      } finally {
        attempt.ended(end);
      }
      if (plan == null) {
        plan = call.retries().plan(call);
      }
      var next = begun ? RetryPlan.Next.END : attempt.awaitNext(end, plan);
      if (next instanceof RetryPlan.Next.End) {
        throw new StatusException(end.status(), end.trailers());
      }
      previous = plan.retries();
      repeats = next instanceof RetryPlan.Next.Transparent;
    }
  }

  private UnaryResponse<R> sideBySide(Q request) throws InterruptedException {
    var stream =
        call.retries()
            .start(call, true, Encodings.name(compressor), encode(request, call.observer()));
    try {
      var response = receive(stream);
      if (!end.status().isOk()) {
        throw new StatusException(end.status(), end.trailers());
      }
      var peer = stream instanceof CallStream attempts ? attempts.peer() : null;
      return response(stream, response, peer);
    } finally {
      CallStream.callEnded(stream, end);
    }
  }

  private Message encode(Q request, CallObserver observer) {
    return MessageEncoder.encode(
        method.request(), request, compressor, call.effective().maxSend(), observer, Side.CLIENT);
  }

  /** The response where there is one; the end is then known. */
  private @Nullable Message receive(ClientStream stream) throws InterruptedException {
    @Nullable Message response = stream.receive().orElse(null);
    if (response != null && stream.receive().isPresent()) {
      var status = Status.internal("the server answered a unary call with several messages");
      stream.cancel(status);
      end = CallLifetime.endOf(status);
      throw status.asException();
    }
    end = call.seen(stream.end());
    return response;
  }

  private UnaryResponse<R> response(
      ClientStream stream, @Nullable Message message, @Nullable Peer carrier)
      throws InterruptedException {
    var headers = stream.headers();
    if (message == null || headers.isEmpty()) {
      throw Status.internal("the server answered a unary call with OK but no message")
          .asException();
    }
    var peer = Objects.requireNonNull(carrier, "the peer of a call that was answered");
    var encoding = Encodings.of(headers.get(), call.environment().settings().providers());
    R response =
        MessageDecoder.decode(
            method.response(),
            message,
            encoding,
            call.effective().maxReceive(),
            call.observer(),
            Side.CLIENT);
    return UnaryResponse.of(headers.get().metadata(), response, end.trailers(), peer);
  }
}
