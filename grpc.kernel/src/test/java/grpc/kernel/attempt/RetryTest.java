package grpc.kernel.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Status;
import grpc.kernel.call.TestCalls;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.testing.FakeStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which attempts a call comes to, and when. */
class RetryTest extends RetryingCalls {
  private static final MetadataKey<String> PUSHBACK = MetadataKey.RETRY_PUSHBACK_MS;

  private static String previous(FakeStream attempt) {
    return attempt.requestHeaders().metadata().find(CallAttempt.PREVIOUS_ATTEMPTS).orElse("absent");
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
    assertEquals(List.of("hello"), second.texts(1));
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
    assertEquals(0, calls.transport.waitingStreams());
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
    assertEquals(0, calls.transport.waitingStreams());
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
  void requestThatNeverLeftIsRepeatedWithLongerPauses() throws Exception {
    use(TestCalls.with(""));
    var answer = calls.unary("hello");
    next().ends(DOWN, Metadata.EMPTY, Progress.NOT_SENT);
    neverLeaves(8);
    next().succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void requestThatBringsEveryConnectionDownEnds() throws Exception {
    use(TestCalls.with(""));
    var answer = calls.unary("hello", CallOptions.DEFAULT.withWaitForReady(true));
    next().ends(DOWN, Metadata.EMPTY, Progress.NOT_SENT);
    neverLeaves(9);
    next().ends(DOWN, Metadata.EMPTY, Progress.NOT_SENT);
    assertEquals("UNAVAILABLE: down", answer.get());
    assertEquals(0, calls.transport.waitingStreams());
  }

  /** So many attempts that come to nothing; before the first is no pause. */
  private void neverLeaves(int attempts) throws Exception {
    var pause = Duration.ofMillis(5); // the picker is to hear of the connection first
    for (int i = 0; i < attempts; i++) {
      var attempt = next();
      assertEquals("absent", previous(attempt));
      attempt.ends(DOWN, Metadata.EMPTY, Progress.NOT_SENT);
      calls.clock.awaitTimer(pause);
      calls.clock.pass(pause);
      pause = i < 7 ? pause.multipliedBy(2) : pause;
    }
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
    var answer = calls.unary("hello", CallOptions.timeout(Duration.ofSeconds(10)));
    next().fails(DOWN);
    after(1);
    var second = next();
    var left = Duration.ofNanos(second.requestHeaders().timeoutNanos());
    assertTrue(left.toMillis() >= 8800 && left.toMillis() <= 9200, left::toString);
    second.ends(DOWN, Metadata.of(PUSHBACK, "60000"), Progress.PROCESSED);
    calls.clock.awaitTimer(Duration.ofSeconds(60));
    calls.clock.pass(Duration.ofMillis(8800));
    assertEquals(
        "DEADLINE_EXCEEDED: no answer from address:server to test.Calls/Unary within 10000 ms",
        answer.get());
    assertEquals(0, calls.transport.waitingStreams());
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
    assertEquals(0, calls.transport.waitingStreams());
  }
}
