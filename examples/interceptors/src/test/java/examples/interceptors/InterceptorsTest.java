package examples.interceptors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.kernel.GrpcServerBuilder;
import grpc.transport.inprocess.InProcessAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InterceptorsTest {
  private static final MethodDescriptor<byte[], byte[]> ECHO =
      MethodDescriptor.of("test.Echo/Echo", MethodType.UNARY, byte[].class, byte[].class, "raw");
  private static final MethodDescriptor<byte[], byte[]> CHAT =
      MethodDescriptor.of(
          "test.Echo/Chat", MethodType.BIDI_STREAMING, byte[].class, byte[].class, "raw");
  private static final byte[] HELLO = "hello".getBytes(UTF_8);

  private final InProcessAddress address = InProcessAddress.unique();
  private GrpcServer server;

  private void serve(UnaryOperator<GrpcServerBuilder> choices) {
    server =
        choices
            .apply(GrpcServer.builder().listen(address, ServerCredentials.plaintext()))
            .service(
                ServiceDefinition.builder("test.Echo")
                    .unary(ECHO, InterceptorsTest::echoed)
                    .bidiStreaming(CHAT, (requests, responses) -> requests.forEach(responses::send))
                    .build())
            .start();
  }

  private static byte[] echoed(byte[] request) {
    if (request.length == 0) {
      throw Status.invalidArgument("an empty message").asException();
    }
    return request;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static StatusCode chat(GrpcChannel channel) {
    try (var call = channel.bidiStreaming(CHAT, CallOptions.DEFAULT)) {
      call.halfClose();
      call.receive();
      return StatusCode.OK;
    } catch (StatusException e) {
      return e.code();
    }
  }

  private static StatusCode echo(GrpcChannel channel) {
    try {
      assertArrayEquals(HELLO, channel.unary(ECHO, HELLO, CallOptions.DEFAULT).message());
      return StatusCode.OK;
    } catch (StatusException e) {
      return e.code();
    }
  }

  @Test
  void onlyCallsWithTheTokenPass() {
    serve(s -> s.gate(Token.wanted("secret")));
    try (var stranger = GrpcChannel.builder(address, ChannelCredentials.plaintext()).open();
        var liar =
            GrpcChannel.builder(address, ChannelCredentials.plaintext())
                .intercept(Token.sent("guess"))
                .open();
        var friend =
            GrpcChannel.builder(address, ChannelCredentials.plaintext())
                .intercept(Token.sent("secret"))
                .open()) {
      assertEquals(StatusCode.UNAUTHENTICATED, echo(stranger));
      assertEquals(StatusCode.UNAUTHENTICATED, chat(stranger));
      assertEquals(StatusCode.UNAUTHENTICATED, echo(liar));
      assertEquals(StatusCode.OK, echo(friend));
      assertEquals(StatusCode.OK, chat(friend));
    }
  }

  @Test
  void callsAreCountedByMethodAndCode() {
    var metrics = new CallMetrics();
    serve(s -> s.intercept(metrics));
    try (var channel = GrpcChannel.builder(address, ChannelCredentials.plaintext()).open()) {
      echo(channel);
      echo(channel);
      chat(channel);
      assertThrows(
          StatusException.class, () -> channel.unary(ECHO, new byte[0], CallOptions.DEFAULT));
    }
    var sums = metrics.sums();
    assertEquals(2, sums.get(new CallMetrics.Key("test.Echo/Echo", StatusCode.OK)).calls());
    assertEquals(1, sums.get(new CallMetrics.Key("test.Echo/Chat", StatusCode.OK)).calls());
    assertEquals(
        1, sums.get(new CallMetrics.Key("test.Echo/Echo", StatusCode.INVALID_ARGUMENT)).calls());
  }

  @Test
  void callsPastTheRateAreRefusedUntilTimeHasPassed() {
    var now = new AtomicLong();
    serve(s -> s.gate(new RateLimit(2, now::get)));
    try (var channel =
        GrpcChannel.builder(address, ChannelCredentials.plaintext())
            .intercept(new CallLog())
            .open()) {
      assertEquals(StatusCode.OK, echo(channel));
      assertEquals(StatusCode.OK, chat(channel));
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, echo(channel));
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, chat(channel));
      now.addAndGet(500_000_000);
      assertEquals(StatusCode.OK, echo(channel));
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, echo(channel));
    }
  }

  @Test
  void logLetsCallsAndTheirErrorsThrough() {
    serve(s -> s.gate(Token.wanted("secret")).intercept(new CallLog()));
    try (var stranger =
        GrpcChannel.builder(address, ChannelCredentials.plaintext())
            .intercept(new CallLog())
            .open()) {
      var e =
          assertThrows(
              StatusException.class, () -> stranger.unary(ECHO, HELLO, CallOptions.DEFAULT));
      assertEquals("no valid token (expected: authorization)", e.status().message());
      assertEquals(StatusCode.UNAUTHENTICATED, chat(stranger));
    }
  }
}
