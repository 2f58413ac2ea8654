package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.ForwardingCall;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.api.StreamClientInterceptor;
import grpc.api.UnaryClientInterceptor;
import grpc.api.UnaryResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What interceptors may do that they should not. */
@Timeout(60)
class InterceptedChannelTest {
  private final TestCalls calls = TestCalls.with("");

  @AfterEach
  void close() {
    calls.close();
  }

  @SuppressWarnings("NullAway") // as code without its checks does
  private static final class Nothing implements UnaryClientInterceptor, StreamClientInterceptor {
    @Override
    public <Q, R> UnaryResponse<R> intercept(
        MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
      return null;
    }

    @Override
    public <Q, R> ClientCall<Q, R> intercept(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      return null;
    }
  }

  @Test
  void interceptorThatAnswersNullIsNamed() {
    var channel = InterceptedChannel.chain(List.of(new Nothing()), calls.channel);
    var name = Nothing.class.getName();
    var e =
        assertThrows(
            StatusException.class, () -> channel.unary(TestCalls.UNARY, "x", CallOptions.DEFAULT));
    assertEquals(
        Status.internal("interceptor " + name + " answered null (expected: a UnaryResponse)"),
        e.status());
    e =
        assertThrows(
            StatusException.class, () -> channel.call(TestCalls.CHAT, CallOptions.DEFAULT));
    assertEquals(
        Status.internal("interceptor " + name + " answered null (expected: a ClientCall)"),
        e.status());
  }

  /** Sends what it is told to send, and then throws. */
  private static final class Thrower implements StreamClientInterceptor {
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
    var channel = InterceptedChannel.chain(List.of(new Thrower()), calls.channel);
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
