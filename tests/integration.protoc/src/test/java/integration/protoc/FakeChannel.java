package integration.protoc;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.UnaryResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** A channel that remembers what was called and answers with prepared messages. */
final class FakeChannel implements Channel {
  final List<String> trace = new ArrayList<>();
  final Queue<Object> answers = new ArrayDeque<>();

  @Override
  public <Q, R> UnaryResponse<R> unary(
      MethodDescriptor<Q, R> method, Q request, CallOptions options) {
    trace.add("unary " + method + timeout(options));
    var _ = method.requestType().cast(request);
    return UnaryResponse.of(answer(method).orElseThrow());
  }

  @Override
  public <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, CallOptions options) {
    trace.add(method.type() + " " + method + timeout(options));
    return new Call<>(method);
  }

  private <R> Optional<R> answer(MethodDescriptor<?, R> method) {
    return Optional.ofNullable(answers.poll()).map(method.responseType()::cast);
  }

  private static String timeout(CallOptions options) {
    return options.timeout().map(t -> " within " + t).orElse("");
  }

  private final class Call<Q, R> implements ClientCall<Q, R> {
    private final MethodDescriptor<Q, R> method;

    Call(MethodDescriptor<Q, R> method) {
      this.method = method;
    }

    @Override
    public void start() {
      trace.add("start");
    }

    @Override
    public boolean send(Q message) {
      trace.add("send " + method.requestType().cast(message).getClass().getSimpleName());
      return true;
    }

    @Override
    public boolean sendLast(Q message) {
      trace.add("sendLast " + method.requestType().cast(message).getClass().getSimpleName());
      return true;
    }

    @Override
    public void compressMessages(boolean compress) {}

    @Override
    public void halfClose() {
      trace.add("halfClose");
    }

    @Override
    public Metadata headers() {
      return Metadata.EMPTY;
    }

    @Override
    public Optional<R> receive() {
      return answer(method);
    }

    @Override
    public Metadata trailers() {
      return Metadata.EMPTY;
    }

    @Override
    public Optional<Peer> peer() {
      return Optional.empty();
    }

    @Override
    public void cancel(String reason) {
      trace.add("cancel");
    }
  }
}
