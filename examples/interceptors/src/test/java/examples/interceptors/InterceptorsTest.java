package examples.interceptors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServerInterceptor;
import grpc.api.ServiceDefinition;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import java.util.concurrent.atomic.AtomicLong;
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

  private void serve(ServerInterceptor... interceptors) {
    server =
        GrpcServer.builder()
            .listen(address)
            .intercept(interceptors)
            .service(
                ServiceDefinition.builder("test.Echo")
                    .unary(ECHO, request -> request)
                    .bidiStreaming(CHAT, (requests, responses) -> requests.forEach(responses::send))
                    .build())
            .start();
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
    serve(new Token.Wanted("secret"));
    try (var stranger = GrpcChannel.builder(address).open();
        var liar = GrpcChannel.builder(address).intercept(Token.sent("guess")).open();
        var friend = GrpcChannel.builder(address).intercept(Token.sent("secret")).open()) {
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
    serve(metrics, new Token.Wanted("secret"));
    try (var stranger = GrpcChannel.builder(address).open();
        var friend = GrpcChannel.builder(address).intercept(Token.sent("secret")).open()) {
      echo(friend);
      echo(friend);
      chat(friend);
      echo(stranger);
    }
    var sums = metrics.sums();
    assertEquals(2, sums.get(new CallMetrics.Key("test.Echo/Echo", StatusCode.OK)).calls());
    assertEquals(1, sums.get(new CallMetrics.Key("test.Echo/Chat", StatusCode.OK)).calls());
    assertEquals(
        1, sums.get(new CallMetrics.Key("test.Echo/Echo", StatusCode.UNAUTHENTICATED)).calls());
  }

  @Test
  void callsPastTheRateAreRefusedUntilTimeHasPassed() {
    var now = new AtomicLong();
    serve(new RateLimit(2, now::get));
    try (var channel = GrpcChannel.builder(address).intercept(new CallLog()).open()) {
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
    serve(new CallLog(), new Token.Wanted("secret"));
    try (var stranger = GrpcChannel.builder(address).intercept(new CallLog()).open()) {
      var e =
          assertThrows(
              StatusException.class, () -> stranger.unary(ECHO, HELLO, CallOptions.DEFAULT));
      assertEquals("no valid token (expected: authorization)", e.status().message());
      assertEquals(StatusCode.UNAUTHENTICATED, chat(stranger));
    }
  }
}
