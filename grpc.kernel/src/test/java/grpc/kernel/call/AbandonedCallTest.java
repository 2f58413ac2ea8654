package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.ClientInterceptor;
import grpc.api.ForwardingCall;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import grpc.testing.FakeStream;
import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that nobody holds any more. */
@Timeout(60)
class AbandonedCallTest implements Observer {
  private static final int COLLECTIONS = 400;
  private static final String HEDGE =
      """
      'hedgingPolicy': {'maxAttempts': 3, 'hedgingDelay': '2s',
        'nonFatalStatusCodes': ['UNAVAILABLE']}\
      """;

  private final FutureTask<Void> heard = new FutureTask<>(() -> {}, null);

  /** Makes a call; what comes of it is forgotten. */
  @FunctionalInterface
  private interface Forgetting {
    Object run(Channel channel) throws Exception;
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    return new CallObserver() {
      @Override
      public void ended(Status status) {
        heard.run();
      }
    };
  }

  private void expectEnd(String policy, Forgetting forgetting) throws Exception {
    try (var calls = new TestCalls(policy, "", RetrySettings.DEFAULT, this)) {
      FakeStream stream = begin(calls, forgetting);
      collect();
      assertEquals("CANCELLED: the call was abandoned by its caller", stream.awaitEnd().toString());
    }
  }

  /** The call is held until it has a stream, which a hedge opens on a thread of its own. */
  private static FakeStream begin(TestCalls calls, Forgetting forgetting) throws Exception {
    var held = forgetting.run(calls.channel);
    try {
      return calls.transport.nextStream();
    } finally {
      Reference.reachabilityFence(held);
    }
  }

  private void collect() throws Exception {
    for (int i = 0; i < COLLECTIONS && !heard.isDone(); i++) {
      System.gc();
      try {
        heard.get(50, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        continue; // the collector was not done
      }
    }
    assertTrue(heard.isDone(), "still open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", TestCalls.RETRY, HEDGE})
  void streamThatIsForgottenIsCancelled(String policy) throws Exception {
    expectEnd(policy, channel -> channel.call(TestCalls.CHAT, CallOptions.DEFAULT).send("1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", TestCalls.RETRY, HEDGE})
  void responsesThatNobodyReadsAreCancelled(String policy) throws Exception {
    expectEnd(
        policy, channel -> channel.serverStreaming(TestCalls.SPLIT, "1", CallOptions.DEFAULT));
  }

  @Test
  void iteratorThatIsDroppedCancels() throws Exception {
    expectEnd(
        "",
        channel -> channel.serverStreaming(TestCalls.SPLIT, "1", CallOptions.DEFAULT).iterator());
  }

  @Test
  void streamOfResponsesThatIsDroppedCancels() throws Exception {
    expectEnd(
        "", channel -> channel.serverStreaming(TestCalls.SPLIT, "1", CallOptions.DEFAULT).stream());
  }

  @Test
  void callBehindAnInterceptorIsCancelled() throws Exception {
    ClientInterceptor.Streams forwarding =
        new ClientInterceptor.Streams() {
          @Override
          public <Q, R> ClientCall<Q, R> intercept(
              MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            return new ForwardingCall<>(next.call(method, options));
          }
        };
    expectEnd(
        TestCalls.RETRY,
        channel ->
            InterceptedChannel.chain(List.of(ClientInterceptor.streamsOnly(forwarding)), channel)
                .call(TestCalls.CHAT, CallOptions.DEFAULT)
                .send("1"));
  }

  @Test
  void callThatNeverStartedEndsForObservers() throws Exception {
    try (var calls = new TestCalls("", "", RetrySettings.DEFAULT, this)) {
      Forgetting forgetting = channel -> channel.call(TestCalls.CHAT, CallOptions.DEFAULT);
      forgetting.run(calls.channel);
      collect();
      assertEquals(0, calls.transport.waitingStreams());
    }
  }

  @Test
  void warningSaysWhichCallAndHowToFindIt() {
    assertEquals(
        "a call of test.Calls/Chat was abandoned before its end and is cancelled; close it, for"
            + " example with try-with-resources (the next such warning of this method shows where;"
            + " so does the first, if the level of grpc.abandoned is DEBUG)",
        AbandonedCallGuard.warning(TestCalls.CHAT, false));
    assertTrue(
        AbandonedCallGuard.warning(TestCalls.CHAT, true)
            .endsWith("(the trace shows where it was opened)"));
  }
}
