package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ClientCall;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.observe.AttemptObserver;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd.Progress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ObserverTest implements Observer {
  private static final MetadataKey<String> TRACE = MetadataKey.text("traceparent");

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Long> resolutions = new CopyOnWriteArrayList<>();
  private final TestCalls calls =
      new TestCalls(TestCalls.RETRY, "", RetrySettings.DEFAULT, this, new Indifferent());

  /** Wants to hear of nothing. */
  private static final class Indifferent implements Observer {
    @Override
    public String name() {
      return "indifferent";
    }
  }

  @AfterEach
  void close() {
    calls.close();
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public void clientConnectionOpened(String target, SocketAddress address) {
    heard.add("connected " + target + " " + address);
  }

  @Override
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    heard.add("call " + method.methodName() + " " + target);
    return new CallObserver() {
      @Override
      public void resolved(long waitedNanos) {
        resolutions.add(waitedNanos);
      }

      @Override
      public AttemptObserver attempt(int previous, boolean transparent) {
        String name = "attempt " + previous + (transparent ? " transparent" : "");
        heard.add(name);
        return attemptOf(name);
      }

      @Override
      public void messageSent(int bytes, int wireBytes) {
        heard.add("sent " + bytes + "/" + wireBytes);
      }

      @Override
      public void messageReceived(int bytes, int wireBytes) {
        heard.add("received " + bytes + "/" + wireBytes);
      }

      @Override
      public void ended(Status status) {
        heard.add("ended " + status);
      }
    };
  }

  private AttemptObserver attemptOf(String name) {
    return new AttemptObserver() {
      @Override
      public Metadata headers() {
        return Metadata.of(TRACE, name);
      }

      @Override
      public void picked(SocketAddress address, long waitedNanos) {
        heard.add(name + " picked " + address);
      }

      @Override
      public void messageSent(int wireBytes) {
        heard.add(name + " sent " + wireBytes);
      }

      @Override
      public void messageReceived(int wireBytes) {
        heard.add(name + " received " + wireBytes);
      }

      @Override
      public void ended(Status status) {
        heard.add(name + " ended " + status);
      }
    };
  }

  @Test
  void observerHearsOfCallsAttemptsMessagesAndConnections() throws Exception {
    var answer = calls.unary("hello");
    calls.transport.nextStream().fails(Status.unavailable("down"));
    calls.clock.awaitTimer(Duration.ofSeconds(1));
    calls.clock.pass(Duration.ofSeconds(2));
    calls.transport.nextStream().succeeds("hi");
    assertEquals("hi", answer.get());
    assertTrue(heard.remove("connected address:server /127.0.0.1:1")); // at a time of its own
    assertEquals(
        List.of(
            "call Unary address:server",
            "sent 5/5",
            "attempt 0",
            "attempt 0 picked /127.0.0.1:1",
            "attempt 0 sent 5",
            "attempt 0 ended UNAVAILABLE: down",
            "attempt 1",
            "attempt 1 picked /127.0.0.1:1",
            "attempt 1 sent 5",
            "attempt 1 received 2",
            "received 2/2",
            "attempt 1 ended OK",
            "ended OK"),
        heard);
  }

  @Test
  void eachAttemptCarriesTheHeadersOfItsOwnObserver() throws Exception {
    var own = Metadata.of(MetadataKey.text("own"), "1");
    var answer = calls.unary("hello", CallOptions.DEFAULT.withMetadata(own));
    var first = calls.transport.nextStream();
    assertEquals(own.with(TRACE, "attempt 0"), first.requestHeaders().metadata());
    first.fails(Status.unavailable("down"));
    calls.clock.awaitTimer(Duration.ofSeconds(1));
    calls.clock.pass(Duration.ofSeconds(2));
    var second = calls.transport.nextStream();
    assertEquals(Optional.of("attempt 1"), second.requestHeaders().metadata().find(TRACE));
    assertEquals(1, second.requestHeaders().metadata().all(TRACE).size());
    second.succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void onlyCallsThatWaitForTheNameHearOfItsResolution() throws Exception {
    for (int i = 0; i < 2; i++) {
      var answer = calls.unary("hello");
      calls.transport.nextStream().succeeds("hi");
      assertEquals("hi", answer.get());
      assertEquals(1, resolutions.size());
    }
  }

  @Test
  void streamTellsEachMessage() throws Exception {
    var chat = calls.chat();
    chat.send("a");
    var server = calls.transport.nextStream();
    server.texts(1);
    heard.clear();
    server.answers("bcd");
    chat.receive();
    chat.cancel("enough");
    assertEquals(
        List.of(
            "attempt 0 received 3",
            "received 3/3",
            "attempt 0 ended CANCELLED: enough",
            "ended CANCELLED: enough"),
        heard);
  }

  private void assertEndsAs(String seenByTheCaller) {
    var ends = heard.stream().filter(h -> h.startsWith("ended")).toList();
    assertEquals(List.of("ended " + seenByTheCaller), ends);
    heard.clear();
  }

  @Test
  void unaryCallsThatThisSideEndsHaveTheStatusThatTheCallerGets() throws Exception {
    var late = calls.unary("x", CallOptions.timeout(Duration.ZERO)).get();
    assertTrue(late.startsWith("DEADLINE_EXCEEDED"), late);
    assertEndsAs(late);
    var tooLong = calls.unary("long", CallOptions.DEFAULT.withMaxSendMessageSize(2)).get();
    assertTrue(tooLong.startsWith("RESOURCE_EXHAUSTED"), tooLong);
    assertEndsAs(tooLong);
    assertThrows(
        ExecutionException.class,
        () -> calls.unary("x", CallOptions.DEFAULT.withCompressor("unknown")).get());
    assertEquals(List.of(), heard, "a call that cannot be made is none");
  }

  @Test
  void unaryCallsWithAnswersThatThisSideRefusesHaveTheStatusThatTheCallerGets() throws Exception {
    var large = calls.unary("x", CallOptions.DEFAULT.withMaxReceiveMessageSize(2));
    calls.transport.nextStream().succeeds("longer");
    assertTrue(large.get().startsWith("RESOURCE_EXHAUSTED"), large.get());
    assertEndsAs(large.get());
    var several = calls.unary("x");
    var server = calls.transport.nextStream();
    server.answers("one");
    server.answers("two");
    assertTrue(several.get().startsWith("INTERNAL"), several.get());
    assertTrue(heard.contains("attempt 0 ended " + several.get()), heard::toString);
    assertEndsAs(several.get());
    var packed = calls.unary("x");
    server = calls.transport.nextStream();
    server.answersHeaders(ResponseHeaders.of("text", "unknown", "", Metadata.EMPTY));
    server.succeeds("y");
    assertTrue(packed.get().startsWith("INTERNAL"), packed.get());
    assertEndsAs(packed.get());
  }

  @Test
  void interruptOfAUnaryCallIsItsEnd() throws Exception {
    var answer =
        new FutureTask<>(() -> calls.channel.unary(TestCalls.UNARY, "x", CallOptions.DEFAULT));
    var caller = Thread.ofVirtual().start(answer);
    calls.transport.nextStream();
    caller.interrupt();
    assertThrows(ExecutionException.class, answer::get);
    caller.join();
    assertEndsAs("CANCELLED: the calling thread was interrupted");
  }

  @Test
  void responseThatIsRefusedEarnsNoToken() throws Exception {
    try (var throttled =
        new TestCalls(
            TestCalls.RETRY,
            ", 'retryThrottling': {'maxTokens': 4, 'tokenRatio': 2}",
            RetrySettings.DEFAULT)) {
      var failed = throttled.unary("x");
      var stop = Metadata.of(MetadataKey.RETRY_PUSHBACK_MS, "-1");
      var down = Status.unavailable("down");
      throttled.transport.nextStream().ends(down, stop, Progress.PROCESSED); // 3 tokens are left
      assertEquals("UNAVAILABLE: down", failed.get());
      var large = throttled.unary("x", CallOptions.DEFAULT.withMaxReceiveMessageSize(2));
      throttled.transport.nextStream().succeeds("longer");
      assertTrue(large.get().startsWith("RESOURCE_EXHAUSTED"), large.get());
      var again = throttled.unary("x");
      throttled.transport.nextStream().fails(down); // 2, no more than half
      assertEquals("UNAVAILABLE: down", again.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void streamsThatThisSideEndsHaveTheStatusThatTheCallerGets() throws Exception {
    var late = failure(calls.channel.call(TestCalls.CHAT, CallOptions.timeout(Duration.ZERO)));
    assertTrue(late.startsWith("DEADLINE_EXCEEDED"), late);
    assertEndsAs(late);
    var limited = CallOptions.DEFAULT.withMaxSendMessageSize(2);
    var tooLong = failure(calls.channel.call(TestCalls.CHAT, limited));
    assertTrue(tooLong.startsWith("RESOURCE_EXHAUSTED"), tooLong);
    assertEndsAs(tooLong);
    var unknown = CallOptions.DEFAULT.withCompressor("unknown");
    assertThrows(IllegalStateException.class, () -> calls.channel.call(TestCalls.CHAT, unknown));
    assertEquals(List.of(), heard, "a call that cannot be made is none");
  }

  private static String failure(ClientCall<String, String> call) throws Exception {
    return TestCalls.start(() -> "" + call.send("longer")).get();
  }
}
