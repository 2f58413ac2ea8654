package interop;

import static interop.OurClientAndOurServerTest.note;
import static interop.OurClientAndOurServerTest.unary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.ChannelCredentials;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcChannelBuilder;
import interop.proto.SimpleRequest;
import interop.proto.SimpleResponse;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.StreamingOutputCallResponse;
import interop.proto.TestServiceClient;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Retries and hedging of our channel against grpc-java's server, which fails as the test says. */
@Timeout(50)
class RetryTest implements ServerInterceptor {
  private static final Metadata.Key<String> PREVIOUS =
      Metadata.Key.of("grpc-previous-rpc-attempts", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);
  private static final String RETRY =
      """
      {"methodConfig": [{"name": [{}], "retryPolicy": {
        "maxAttempts": 4, "initialBackoff": "0.01s", "maxBackoff": "0.1s",
        "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}\
      """;
  private static final String HEDGE =
      """
      {"methodConfig": [{"name": [{}], "hedgingPolicy": {
        "maxAttempts": 3, "hedgingDelay": "0.01s", "nonFatalStatusCodes": ["UNAVAILABLE"]}}]}\
      """;

  /** What the next attempts come to: a pushback in milliseconds, {@code fail}, {@code hold}. */
  private final BlockingQueue<String> script = new LinkedBlockingQueue<>();

  /** The number of earlier attempts that each attempt told. */
  private final BlockingQueue<String> previous = new LinkedBlockingQueue<>();

  private final CountDownLatch cancelled = new CountDownLatch(1);
  private Server server;

  @BeforeEach
  void start() throws Exception {
    var service =
        ServerServiceDefinition.builder(GrpcJavaMethods.SERVICE)
            .addMethod(GrpcJavaMethods.UNARY, ServerCalls.asyncUnaryCall(RetryTest::echo))
            .addMethod(GrpcJavaMethods.DUPLEX, ServerCalls.asyncBidiStreamingCall(RetryTest::chat))
            .build();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .intercept(this)
            .addService(service)
            .build()
            .start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }

  private GrpcChannelBuilder channel(String config) {
    return GrpcChannel.builder("ipv4:127.0.0.1:" + server.getPort(), ChannelCredentials.plaintext())
        .defaultServiceConfig(config);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
    previous.add(String.valueOf(metadata.get(PREVIOUS)));
    String fate = script.poll();
    if (fate == null) {
      return next.startCall(call, metadata);
    }
    if (fate.equals("hold")) {
      return new ServerCall.Listener<>() {
        @Override
        public void onCancel() {
          cancelled.countDown();
        }
      };
    }
    var trailers = new Metadata();
    if (!fate.equals("fail")) {
      trailers.put(PUSHBACK, fate);
    }
    call.close(Status.UNAVAILABLE.withDescription("as scripted"), trailers);
    return new ServerCall.Listener<>() {};
  }

  private static void echo(SimpleRequest request, StreamObserver<SimpleResponse> responses) {
    responses.onNext(SimpleResponse.newBuilder().setPayload(request.getPayload()).build());
    responses.onCompleted();
  }

  private static StreamObserver<StreamingOutputCallRequest> chat(
      StreamObserver<StreamingOutputCallResponse> responses) {
    return new StreamObserver<>() {
      @Override
      public void onNext(StreamingOutputCallRequest request) {
        responses.onNext(
            StreamingOutputCallResponse.newBuilder().setPayload(request.getPayload()).build());
      }

      @Override
      public void onError(Throwable cause) {}

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }

  private List<String> told() {
    return List.copyOf(previous);
  }

  @Test
  void unaryCallIsRetriedUntilItSucceeds() {
    script.addAll(List.of("fail", "fail", "0"));
    try (var channel = channel(RETRY).open()) {
      var response = new TestServiceClient(channel).unaryCall(unary("hello"));
      assertEquals("hello", response.getPayload().getBody().toStringUtf8());
    }
    assertEquals(List.of("null", "1", "2", "3"), told());
  }

  @Test
  void lastFailureIsTheCalls() {
    script.addAll(List.of("fail", "fail", "fail", "fail"));
    try (var channel = channel(RETRY).open()) {
      var client = new TestServiceClient(channel);
      var e = assertThrows(StatusException.class, () -> client.unaryCall(unary("hello")));
      assertEquals(StatusCode.UNAVAILABLE, e.code());
      assertEquals("as scripted", e.status().message());
    }
    assertEquals(4, told().size());
  }

  @Test
  void serverThatSaysNoIsObeyed() {
    script.add("-1");
    try (var channel = channel(RETRY).open()) {
      var client = new TestServiceClient(channel);
      assertThrows(StatusException.class, () -> client.unaryCall(unary("hello")));
    }
    assertEquals(List.of("null"), told());
  }

  @Test
  void retriesCanBeTurnedOff() {
    script.add("fail");
    try (var channel = channel(RETRY).retry(false).open()) {
      var client = new TestServiceClient(channel);
      assertThrows(StatusException.class, () -> client.unaryCall(unary("hello")));
    }
    assertEquals(List.of("null"), told());
  }

  @Test
  void streamIsReplayed() {
    script.addAll(List.of("fail", "fail"));
    try (var channel = channel(RETRY).open();
        var chat = new TestServiceClient(channel).fullDuplexCall()) {
      chat.send(note("a"));
      chat.send(note("b"));
      for (String expected : List.of("a", "b")) {
        assertEquals(expected, chat.receive().orElseThrow().getPayload().getBody().toStringUtf8());
      }
      chat.send(note("c"));
      chat.halfClose();
      assertEquals("c", chat.receive().orElseThrow().getPayload().getBody().toStringUtf8());
      chat.trailers();
    }
    assertEquals(List.of("null", "1", "2"), told());
  }

  @Test
  void hedgeOvertakesAnAttemptThatHangs() throws InterruptedException {
    script.add("hold");
    try (var channel = channel(HEDGE).open()) {
      var response = new TestServiceClient(channel).unaryCall(unary("hello"));
      assertEquals("hello", response.getPayload().getBody().toStringUtf8());
      cancelled.await();
    }
  }
}
