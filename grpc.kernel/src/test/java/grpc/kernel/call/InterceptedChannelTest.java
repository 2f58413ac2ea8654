package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.ClientInterceptor;
import grpc.api.ForwardingCall;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.api.UnaryResponse;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What interceptors may do that they should not. */
@Timeout(60)
class InterceptedChannelTest {
  private final TestCalls calls = TestCalls.with("");

  @AfterEach
  void close() {
    calls.close();
  }

  @SuppressWarnings("NullAway") // as code without its checks does
  private record Nothing() implements ClientInterceptor {
    @Override
    public <Q, R> UnaryResponse<R> interceptUnary(
        MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
      return null;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptStream(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      return null;
    }
  }

  @Test
  void interceptorThatAnswersNullIsNamed() {
    var channel = InterceptedChannel.chain(List.of(new Nothing()), calls.channel);
    var e =
        assertThrows(
            StatusException.class, () -> channel.unary(TestCalls.UNARY, "x", CallOptions.DEFAULT));
    assertEquals(
        Status.internal("interceptor Nothing[] answered null (expected: a UnaryResponse)"),
        e.status());
    e =
        assertThrows(
            StatusException.class, () -> channel.call(TestCalls.CHAT, CallOptions.DEFAULT));
    assertEquals(
        Status.internal("interceptor Nothing[] answered null (expected: a ClientCall)"),
        e.status());
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullForOptionsIsNamed() {
    BiFunction<MethodDescriptor<?, ?>, CallOptions, CallOptions> none = (method, options) -> null;
    var channel =
        InterceptedChannel.chain(List.of(ClientInterceptor.mapOptions(none)), calls.channel);
    var expected =
        Status.internal("mapOptions(" + none + ") answered null (expected: CallOptions)");
    for (Executable call :
        List.<Executable>of(
            () -> channel.unary(TestCalls.UNARY, "x", CallOptions.DEFAULT),
            () -> channel.call(TestCalls.CHAT, CallOptions.DEFAULT))) {
      assertEquals(expected, assertThrows(StatusException.class, call).status());
    }
  }

  /** Counts the calls that it sees. */
  private static final class Counter implements ClientInterceptor {
    private int calls;

    @Override
    public <Q, R> UnaryResponse<R> interceptUnary(
        MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
      calls++;
      return next.unary(method, request, options);
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptStream(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      calls++;
      return next.call(method, options);
    }
  }

  @Test
  void methodCalledAsAnotherKindIsRefusedBeforeAnyInterceptor() {
    var counter = new Counter();
    var none = CallOptions.DEFAULT;
    for (var channel :
        List.of(calls.channel, InterceptedChannel.chain(List.of(counter), calls.channel))) {
      for (Executable call :
          List.<Executable>of(
              () -> channel.call(TestCalls.UNARY, none),
              () -> channel.serverStreaming(TestCalls.UNARY, "x", none),
              () -> channel.clientStreaming(TestCalls.UNARY, none),
              () -> channel.bidiStreaming(TestCalls.UNARY, none))) {
        assertEquals(
            "a streaming call of test.Calls/Unary, which is UNARY (expected: unary(…) or"
                + " unaryAsync(…))",
            assertThrows(IllegalArgumentException.class, call).getMessage());
      }
      assertEquals(
          "unary(…) of test.Calls/Chat, which is BIDI_STREAMING (expected: call(…), or the"
              + " channel's method for that kind)",
          assertThrows(
                  IllegalArgumentException.class, () -> channel.unary(TestCalls.CHAT, "x", none))
              .getMessage());
    }
    assertEquals(0, counter.calls);
    assertEquals(0, calls.transport.waitingStreams());
  }

  /** Sends what it is told to send, and then throws. */
  private static final class Thrower implements ClientInterceptor.Streams {
    @Override
    public <Q, R> ClientCall<Q, R> intercept(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      return new ForwardingCall<>(next.call(method, options)) {
        @Override
        public boolean sendLast(Q message) {
          super.sendLast(message);
          throw new IllegalStateException("too late");
        }

        @Override
        public void start() {
          super.start();
          throw new IllegalStateException("too late");
        }
      };
    }
  }

  @Test
  void callThatItsCallerNeverGetsIsCancelled() throws Exception {
    var channel =
        InterceptedChannel.chain(
            List.of(ClientInterceptor.streamsOnly(new Thrower())), calls.channel);
    assertThrows(
        IllegalStateException.class,
        () -> channel.serverStreaming(TestCalls.SPLIT, "x", CallOptions.DEFAULT));
    assertEquals("CANCELLED", calls.transport.nextStream().awaitEnd().code().name());
    assertThrows(
        IllegalStateException.class,
        () -> channel.bidiStreaming(TestCalls.CHAT, CallOptions.DEFAULT));
    assertEquals("CANCELLED", calls.transport.nextStream().awaitEnd().code().name());
  }
}
