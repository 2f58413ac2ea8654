package grpc.kernel.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.kernel.call.TestCalls;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.testing.FakeStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HedgingTest {
  private static final Status DOWN = Status.unavailable("down");
  private static final Duration DELAY = Duration.ofSeconds(2);
  private static final MetadataKey<String> PUSHBACK = MetadataKey.RETRY_PUSHBACK_MS;
  private static final String HEDGE =
      """
      'hedgingPolicy': {'maxAttempts': 3, 'hedgingDelay': '2s',
        'nonFatalStatusCodes': ['UNAVAILABLE']}\
      """;

  private TestCalls calls = TestCalls.with(HEDGE);

  @AfterEach
  void close() {
    calls.close();
  }

  private void use(TestCalls others) {
    calls.close();
    calls = others;
  }

  private FakeStream next() throws InterruptedException {
    return calls.transport.nextStream();
  }

  private FakeStream nextAfter(Duration delay) throws InterruptedException {
    calls.clock.awaitTimer(delay);
    assertEquals(0, calls.transport.waitingStreams(), "an attempt came too early");
    calls.clock.pass(delay);
    return next();
  }

  private static String previous(FakeStream attempt) {
    return attempt.requestHeaders().metadata().find(CallAttempt.PREVIOUS_ATTEMPTS).orElse("absent");
  }

  @Test
  void firstAnswerWinsAndTheOthersAreCancelled() throws Exception {
    var answer = calls.unary("hello");
    var first = next();
    assertEquals("absent", previous(first));
    var second = nextAfter(DELAY);
    assertEquals("1", previous(second));
    var third = nextAfter(DELAY);
    assertEquals("2", previous(third));
    assertEquals(List.of("hello"), third.texts(1));
    second.succeeds("hi");
    assertEquals("hi", answer.get());
    assertEquals(StatusCode.CANCELLED, first.awaitEnd().code());
    assertEquals(StatusCode.CANCELLED, third.awaitEnd().code());
    calls.clock.pass(DELAY.multipliedBy(10));
    assertEquals(0, calls.transport.waitingStreams());
  }

  @Test
  void noFurtherAttemptOnceThereIsAnAnswer() throws Exception {
    var answer = calls.unary("hello");
    next().succeeds("hi");
    assertEquals("hi", answer.get());
    calls.clock.pass(DELAY.multipliedBy(10));
    assertEquals(0, calls.transport.waitingStreams());
  }

  @Test
  void noDelayStartsAllAtOnce() throws Exception {
    use(
        TestCalls.with(
            "'hedgingPolicy': {'maxAttempts': 3, 'nonFatalStatusCodes': ['UNAVAILABLE']}"));
    var answer = calls.unary("hello");
    next();
    next();
    next().succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void nonFatalStatusBringsTheNextAttemptAtOnce() throws Exception {
    var answer = calls.unary("hello");
    next().fails(DOWN);
    var second = next();
    var third = nextAfter(DELAY);
    third.fails(DOWN);
    assertFalse(answer.isDone());
    second.fails(DOWN);
    assertEquals("UNAVAILABLE: down", answer.get());
  }

  @Test
  void fatalStatusEndsTheCallAndAllAttempts() throws Exception {
    var answer = calls.unary("hello");
    var first = next();
    var second = nextAfter(DELAY);
    second.fails(Status.notFound("no"));
    assertEquals("NOT_FOUND: no", answer.get());
    assertEquals(StatusCode.CANCELLED, first.awaitEnd().code());
  }

  @Test
  void pushbackStopsFurtherAttempts() throws Exception {
    var answer = calls.unary("hello");
    var first = next();
    var second = nextAfter(DELAY);
    second.ends(DOWN, Metadata.of(PUSHBACK, "-1"), Progress.PROCESSED);
    calls.clock.awaitNoTimer(DELAY);
    first.fails(Status.unavailable("first"));
    assertEquals("UNAVAILABLE: first", answer.get());
    assertEquals(0, calls.transport.waitingStreams());
  }

  @Test
  void pushbackDelaysTheNextAttempt() throws Exception {
    var answer = calls.unary("hello");
    next().ends(DOWN, Metadata.of(PUSHBACK, "7000"), Progress.PROCESSED);
    var second = nextAfter(Duration.ofSeconds(7));
    nextAfter(DELAY);
    second.succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void fewTokensStopFurtherAttempts() throws Exception {
    String throttling = ", 'retryThrottling': {'maxTokens': 2, 'tokenRatio': 0.1}";
    use(new TestCalls(HEDGE, throttling, RetrySettings.DEFAULT));
    var answer = calls.unary("hello");
    next().fails(DOWN); // 1 token, no more than half
    assertEquals("UNAVAILABLE: down", answer.get());
    answer = calls.unary("hello");
    var first = next(); // always sent
    calls.clock.awaitTimer(DELAY);
    calls.clock.pass(DELAY);
    first.succeeds("hi");
    assertEquals("hi", answer.get());
    assertEquals(0, calls.transport.waitingStreams());
  }

  @Test
  void requestThatNoServerHasSeenIsRepeated() throws Exception {
    var answer = calls.unary("hello");
    next().ends(DOWN, Metadata.EMPTY, Progress.UNPROCESSED);
    var repeated = next();
    assertEquals("absent", previous(repeated));
    repeated.succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void deadlineEndsAllAttempts() throws Exception {
    var answer = calls.unary("hello", CallOptions.timeout(Duration.ofSeconds(3)));
    var first = next();
    var second = nextAfter(DELAY);
    calls.clock.awaitTimer(Duration.ofSeconds(3));
    calls.clock.pass(Duration.ofSeconds(1));
    assertEquals(
        "DEADLINE_EXCEEDED: no answer from address:server to test.Calls/Unary within 3000 ms",
        answer.get());
    assertEquals(StatusCode.DEADLINE_EXCEEDED, first.awaitEnd().code());
    assertEquals(StatusCode.DEADLINE_EXCEEDED, second.awaitEnd().code());
  }

  @Test
  void attemptThatComesAfterTheDeadlineEndsForThatReason() throws Exception {
    var second = new HeldAttempt(1);
    use(new TestCalls(HEDGE, "", RetrySettings.DEFAULT, second));
    var answer = calls.unary("hello", CallOptions.timeout(Duration.ofSeconds(3)));
    var first = next();
    calls.clock.awaitTimer(DELAY);
    calls.clock.pass(DELAY);
    second.picked.await();
    calls.clock.awaitTimer(Duration.ofSeconds(3));
    calls.clock.pass(Duration.ofSeconds(1));
    assertEquals(StatusCode.DEADLINE_EXCEEDED, first.awaitEnd().code());
    second.mayGo.countDown();
    assertEquals(StatusCode.DEADLINE_EXCEEDED, next().awaitEnd().code());
    assertTrue(answer.get().startsWith("DEADLINE_EXCEEDED"));
  }

  @Test
  void requestsGoToAllAttemptsAndThenToTheChosenOne() throws Exception {
    try (var chat = calls.chat()) {
      chat.send("1");
      var first = next();
      assertEquals(List.of("1"), first.texts(1));
      var second = nextAfter(DELAY);
      chat.send("2");
      assertEquals(List.of("1", "2"), first.texts(2));
      assertEquals(List.of("1", "2"), second.texts(2));
      second.answers("a");
      assertEquals("a", chat.receive().orElseThrow());
      assertEquals(StatusCode.CANCELLED, first.awaitEnd().code());
      chat.send("3");
      chat.halfClose();
      second.awaitHalfClose();
      assertEquals(List.of("1", "2", "3"), second.texts(3));
      second.succeeds("b");
      assertEquals("b", chat.receive().orElseThrow());
      chat.trailers();
    }
  }

  @Test
  void fullBufferGoesOnWithTheAttemptThatHasSentMost() throws Exception {
    use(
        new TestCalls(
            HEDGE, "", RetrySettings.DEFAULT.withBytesPerCall(2).withBytesPerChannel(100)));
    try (var chat = calls.chat()) {
      chat.start();
      var first = next();
      first.holdSends();
      var second = nextAfter(DELAY);
      chat.send("1");
      chat.send("2");
      second.texts(2);
      chat.send("3");
      assertEquals(StatusCode.CANCELLED, first.awaitEnd().code());
      assertEquals(List.of("1", "2", "3"), second.texts(3));
      second.succeeds("a");
      assertEquals("a", chat.receive().orElseThrow());
      chat.trailers();
    }
  }

  @Test
  void fullBufferHoldsTheSenderBackUntilThereIsAnAttempt() throws Exception {
    var held = new HeldAttempt(0);
    use(
        new TestCalls(
            HEDGE, "", RetrySettings.DEFAULT.withBytesPerCall(2).withBytesPerChannel(100), held));
    try (var chat = calls.chat()) {
      chat.send("1");
      held.picked.await();
      chat.send("2");
      var sender = new FutureTask<>(() -> chat.send("3"));
      var thread = Thread.ofVirtual().start(sender);
      while (thread.getState() != Thread.State.WAITING) {
        assertFalse(thread.join(Duration.ofMillis(1)), "no full buffer holds the sender back");
      }
      held.mayGo.countDown();
      assertTrue(sender.get());
      assertEquals(List.of("1", "2", "3"), next().texts(3));
    }
  }

  @Test
  void fullBufferGoesOnWithTheAttemptThatPushbackDelays() throws Exception {
    use(
        new TestCalls(
            HEDGE, "", RetrySettings.DEFAULT.withBytesPerCall(2).withBytesPerChannel(100)));
    try (var chat = calls.chat()) {
      chat.send("1");
      next().ends(DOWN, Metadata.of(PUSHBACK, "7000"), Progress.PROCESSED);
      calls.clock.awaitTimer(Duration.ofSeconds(7));
      chat.send("2");
      var sender = new FutureTask<>(() -> chat.send("3"));
      Thread.ofVirtual().start(sender);
      var second = nextAfter(Duration.ofSeconds(7));
      assertEquals(List.of("1", "2", "3"), second.texts(3));
      assertTrue(sender.get());
      second.fails(DOWN);
      assertEquals("UNAVAILABLE: down", TestCalls.start(() -> chat.trailers().toString()).get());
    }
  }
}
