package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Status;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.transport.StreamEnd.Progress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetryTest {
  private static final Status DOWN = Status.unavailable("down");
  private static final MetadataKey<String> PUSHBACK =
      MetadataKey.reserved("grpc-retry-pushback-ms");

  private TestCalls calls = TestCalls.with(TestCalls.RETRY);

  @AfterEach
  void close() {
    calls.close();
  }

  private void use(TestCalls others) {
    calls.close();
    calls = others;
  }

  private static String previous(ScriptedStream attempt) {
    return attempt.request.metadata().find(CallAttempt.PREVIOUS_ATTEMPTS).orElse("absent");
  }

  private ScriptedStream next() throws InterruptedException {
    return calls.transport.next();
  }

  private void after(int seconds) throws InterruptedException {
    calls.clock.awaitTimer(Duration.ofSeconds(seconds));
    assertEquals(0, calls.transport.waiting(), "an attempt came too early");
    calls.clock.pass(Duration.ofSeconds(seconds).multipliedBy(12).dividedBy(10));
  }

  @Test
  void failedAttemptIsFollowedByOthersUntilOneSucceeds() throws Exception {
    var answer = calls.unary("hello");
    var first = next();
    assertEquals("absent", previous(first));
    first.fails(DOWN);
    after(1);
    var second = next();
    assertEquals("1", previous(second));
    assertEquals(List.of("hello"), second.requests(1));
    second.fails(DOWN);
    after(2);
    var third = next();
    assertEquals("2", previous(third));
    third.succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void attemptsEndAtMaxAttemptsWithDelaysUpToMaxBackoff() throws Exception {
    var answer = calls.unary("hello");
    next().fails(DOWN);
    after(1);
    next().fails(DOWN);
    after(2);
    next().fails(DOWN);
    after(3);
    next().fails(Status.unavailable("still down"));
    assertEquals("UNAVAILABLE: still down", answer.get());
    assertEquals(0, calls.transport.waiting());
  }

  @Test
  void otherStatusIsNotRetried() throws Exception {
    var answer = calls.unary("hello");
    next().fails(Status.notFound("no"));
    assertEquals("NOT_FOUND: no", answer.get());
  }

  @Test
  void headersCommitTheCall() throws Exception {
    var answer = calls.unary("hello");
    var first = next();
    first.answersHeaders();
    first.fails(DOWN);
    assertEquals("UNAVAILABLE: down", answer.get());
    assertEquals(0, calls.transport.waiting());
  }

  @Test
  void disabledRetriesFollowNoPolicy() throws Exception {
    use(new TestCalls(TestCalls.RETRY, "", RetrySettings.DEFAULT.withEnabled(false)));
    var answer = calls.unary("hello");
    next().ends(DOWN, Metadata.EMPTY, Progress.UNPROCESSED);
    next().fails(DOWN);
    assertEquals("UNAVAILABLE: down", answer.get());
  }

  @Test
  void pushbackTakesThePlaceOfTheDelayAndRestartsTheBackoff() throws Exception {
    var answer = calls.unary("hello");
    next().fails(DOWN);
    after(1);
    next().ends(DOWN, Metadata.of(PUSHBACK, "7000"), Progress.PROCESSED);
    after(7);
    next().fails(DOWN);
    after(1);
    next().succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void pushbackThatSaysNoEndsTheCall() throws Exception {
    for (String no : List.of("-1", "soon", "", "1.5")) {
      var answer = calls.unary("hello");
      next().ends(DOWN, Metadata.of(PUSHBACK, no), Progress.PROCESSED);
      assertEquals("UNAVAILABLE: down", answer.get(), no);
    }
    var answer = calls.unary("hello");
    var twice = Metadata.of(PUSHBACK, "1").with(PUSHBACK, "1");
    next().ends(DOWN, twice, Progress.PROCESSED);
    assertEquals("UNAVAILABLE: down", answer.get());
  }

  @Test
  void fewTokensStopRetriesUntilSuccessesEarnMore() throws Exception {
    String throttling = ", 'retryThrottling': {'maxTokens': 3, 'tokenRatio': 0.6}";
    use(new TestCalls(TestCalls.RETRY, throttling, RetrySettings.DEFAULT));
    var answer = calls.unary("a");
    next().fails(DOWN); // 2 tokens
    after(1);
    next().fails(DOWN); // 1 token, no more than half
    assertEquals("UNAVAILABLE: down", answer.get());
    answer = calls.unary("b");
    next().ends(Status.notFound("counts for nothing"), Metadata.EMPTY, Progress.PROCESSED);
    answer.get();
    answer = calls.unary("c");
    next().succeeds("earns");
    answer.get();
    answer = calls.unary("d"); // 1.6 tokens
    next().fails(DOWN); // 0.6
    assertEquals("UNAVAILABLE: down", answer.get());
    for (int i = 0; i < 4; i++) {
      answer = calls.unary("e");
      next().succeeds("earns");
      answer.get();
    }
    answer = calls.unary("f"); // 3 tokens
    next().fails(DOWN);
    after(1);
    next().succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void requestThatNeverLeftIsRepeatedWithoutLimit() throws Exception {
    use(TestCalls.with(""));
    var answer = calls.unary("hello");
    next().ends(DOWN, Metadata.EMPTY, Progress.NOT_SENT);
    for (int i = 0; i < 8; i++) {
      var attempt = next();
      assertEquals("absent", previous(attempt));
      attempt.ends(DOWN, Metadata.EMPTY, Progress.NOT_SENT);
      calls.clock.awaitTimer(Duration.ofMillis(5)); // the picker is to hear of the connection first
      calls.clock.pass(Duration.ofMillis(5));
    }
    next().succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void requestThatTheServerRefusedIsRepeatedOnceAndThenByPolicy() throws Exception {
    var answer = calls.unary("hello");
    next().ends(DOWN, Metadata.EMPTY, Progress.UNPROCESSED);
    var repeated = next();
    assertEquals("absent", previous(repeated));
    repeated.ends(DOWN, Metadata.EMPTY, Progress.UNPROCESSED);
    after(1);
    next().succeeds("hi");
    assertEquals("hi", answer.get());

    use(TestCalls.with(""));
    answer = calls.unary("hello");
    next().ends(DOWN, Metadata.EMPTY, Progress.UNPROCESSED);
    next().ends(DOWN, Metadata.EMPTY, Progress.UNPROCESSED);
    assertEquals("UNAVAILABLE: down", answer.get());
  }

  @Test
  void deadlineSpansAllAttemptsAndEndsABackoff() throws Exception {
    var answer = calls.unary("hello", CallOptions.deadline(Duration.ofSeconds(10)));
    next().fails(DOWN);
    after(1);
    var second = next();
    var left = Duration.ofNanos(second.request.timeoutNanos());
    assertTrue(left.toMillis() >= 8800 && left.toMillis() <= 9200, left::toString);
    second.ends(DOWN, Metadata.of(PUSHBACK, "60000"), Progress.PROCESSED);
    calls.clock.awaitTimer(Duration.ofSeconds(60));
    calls.clock.pass(Duration.ofMillis(8800));
    assertEquals(
        "DEADLINE_EXCEEDED: no answer from address:server to test.Calls/Unary within 10000 ms",
        answer.get());
    assertEquals(0, calls.transport.waiting());
  }

  @Test
  void cancellationEndsABackoff() throws Exception {
    var call = calls.channel.call(TestCalls.SPLIT, CallOptions.DEFAULT);
    call.sendLast("hello");
    var answer = TestCalls.start(() -> call.receive().orElseThrow());
    next().fails(DOWN);
    calls.clock.awaitTimer(Duration.ofSeconds(1));
    call.cancel("enough");
    assertEquals("CANCELLED: enough", answer.get());
    assertEquals(0, calls.transport.waiting());
  }

  @Test
  void streamIsReplayedInOrderWhileItGoesOn() throws Exception {
    try (var chat = calls.chat()) {
      chat.send("1");
      chat.send("2");
      var first = next();
      assertEquals(List.of("1", "2"), first.requests(2));
      first.fails(DOWN);
      var sender = TestCalls.start(() -> "" + chat.send("3"));
      after(1);
      var second = next();
      assertEquals("true", sender.get());
      assertEquals(List.of("1", "2", "3"), second.requests(3));
      second.answers("a");
      assertEquals("a", chat.receive().orElseThrow());
      chat.send("4");
      chat.halfClose();
      second.awaitHalfClose();
      assertEquals(List.of("1", "2", "3", "4"), second.requests(4));
      second.ends(DOWN, Metadata.EMPTY, Progress.PROCESSED);
      assertEquals("UNAVAILABLE: down", TestCalls.start(() -> chat.trailers().toString()).get());
    }
  }

  @Test
  void readerThatRetriesDoesNotWaitForTheReplay() throws Exception {
    try (var chat = calls.chat()) {
      chat.send("1");
      chat.halfClose();
      var first = next();
      var answer = TestCalls.start(() -> chat.receive().orElseThrow());
      first.fails(DOWN);
      after(1);
      var second = next();
      second.block(true);
      second.answers("before any request");
      assertEquals("before any request", answer.get());
      second.block(false);
      second.awaitHalfClose();
    }
  }

  @Test
  void endOfARequestWithNoMessagesIsReplayedToo() throws Exception {
    try (var chat = calls.chat()) {
      chat.halfClose();
      var first = next();
      first.awaitHalfClose();
      var answer = TestCalls.start(() -> chat.receive().orElseThrow());
      first.fails(DOWN);
      after(1);
      var second = next();
      second.awaitHalfClose();
      second.succeeds("hi");
      assertEquals("hi", answer.get());
    }
  }

  @Test
  void streamWithoutAPolicyIsRepeatedWhereNoServerHasSeenIt() throws Exception {
    use(TestCalls.with(""));
    try (var chat = calls.chat()) {
      chat.send("1");
      var first = next();
      first.requests(1);
      first.ends(DOWN, Metadata.EMPTY, Progress.UNPROCESSED);
      chat.send("2");
      assertEquals(List.of("1", "2"), next().requests(2));
    }
  }

  @Test
  void fullBufferCommitsTheCall() throws Exception {
    use(new TestCalls(TestCalls.RETRY, "", RetrySettings.DEFAULT.withLimits(3, 100)));
    try (var chat = calls.chat()) {
      chat.send("123");
      chat.send("4");
      chat.send("567");
      var first = next();
      assertEquals(List.of("123", "4", "567"), first.requests(3));
      first.fails(DOWN);
      assertEquals("UNAVAILABLE: down", TestCalls.start(() -> chat.trailers().toString()).get());
    }
    var answer = calls.unary("four");
    next().fails(DOWN);
    assertEquals("UNAVAILABLE: down", answer.get());
  }

  @Test
  void bufferOfTheChannelIsSharedAndGivenBack() throws Exception {
    use(new TestCalls(TestCalls.RETRY, "", RetrySettings.DEFAULT.withLimits(100, 5)));
    var keeps = calls.unary("12345");
    var kept = next();
    var over = calls.unary("6");
    next().fails(DOWN);
    assertEquals("UNAVAILABLE: down", over.get());
    kept.succeeds("hi");
    assertEquals("hi", keeps.get());
    var again = calls.unary("12345");
    next().fails(DOWN);
    after(1);
    next().succeeds("hi");
    assertEquals("hi", again.get());
  }

  @Test
  void callThatWasCancelledIsNotRetried() throws Exception {
    var chat = calls.chat();
    chat.send("1");
    var first = next();
    chat.cancel("enough");
    assertEquals(Status.cancelled("enough"), first.awaitEnd());
    assertEquals("CANCELLED: enough", TestCalls.start(() -> chat.trailers().toString()).get());
    assertEquals(0, calls.transport.waiting());
  }
}
