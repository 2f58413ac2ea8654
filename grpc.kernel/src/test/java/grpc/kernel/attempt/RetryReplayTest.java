package grpc.kernel.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.Status;
import grpc.kernel.call.TestCalls;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.transport.StreamEnd.Progress;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What is kept of a request, and sent again. */
class RetryReplayTest extends RetryingCalls {
  @Test
  void streamIsReplayedInOrderWhileItGoesOn() throws Exception {
    try (var chat = calls.chat()) {
      chat.send("1");
      chat.send("2");
      var first = next();
      assertEquals(List.of("1", "2"), first.texts(2));
      first.fails(DOWN);
      var sender = TestCalls.start(() -> "" + chat.send("3"));
      after(1);
      var second = next();
      assertEquals("true", sender.get());
      assertEquals(List.of("1", "2", "3"), second.texts(3));
      second.answers("a");
      assertEquals("a", chat.receive().orElseThrow());
      chat.send("4");
      chat.halfClose();
      second.awaitHalfClose();
      assertEquals(List.of("1", "2", "3", "4"), second.texts(4));
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
      second.holdSends();
      second.answers("before any request");
      assertEquals("before any request", answer.get());
      second.releaseSends();
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
      first.texts(1);
      first.ends(DOWN, Metadata.EMPTY, Progress.UNPROCESSED);
      chat.send("2");
      assertEquals(List.of("1", "2"), next().texts(2));
    }
  }

  @Test
  void fullBufferCommitsTheCall() throws Exception {
    use(
        new TestCalls(
            TestCalls.RETRY,
            "",
            RetrySettings.DEFAULT.withBytesPerCall(3).withBytesPerChannel(100)));
    try (var chat = calls.chat()) {
      chat.send("123");
      chat.send("4");
      chat.send("567");
      var first = next();
      assertEquals(List.of("123", "4", "567"), first.texts(3));
      first.fails(DOWN);
      assertEquals("UNAVAILABLE: down", TestCalls.start(() -> chat.trailers().toString()).get());
    }
    var answer = split("four");
    next().fails(DOWN);
    assertEquals("UNAVAILABLE: down", answer.get());
  }

  @Test
  void unaryRequestIsNotKeptSoThatNoLimitHoldsForIt() throws Exception {
    use(
        new TestCalls(
            TestCalls.RETRY, "", RetrySettings.DEFAULT.withBytesPerCall(0).withBytesPerChannel(0)));
    var answer = calls.unary("any length");
    next().fails(DOWN);
    after(1);
    var second = next();
    assertEquals(List.of("any length"), second.texts(1));
    second.succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void bufferOfTheChannelIsSharedAndGivenBack() throws Exception {
    use(
        new TestCalls(
            TestCalls.RETRY,
            "",
            RetrySettings.DEFAULT.withBytesPerCall(100).withBytesPerChannel(5)));
    var keeps = split("12345");
    var kept = next();
    var over = split("6");
    next().fails(DOWN);
    assertEquals("UNAVAILABLE: down", over.get());
    kept.succeeds("hi");
    assertEquals("hi", keeps.get());
    var again = split("12345");
    next().fails(DOWN);
    after(1);
    next().succeeds("hi");
    assertEquals("hi", again.get());
  }

  /** Sends the request of a call with one response whose buffer counts. */
  private FutureTask<String> split(String request) {
    return TestCalls.start(() -> {
      try (var call = calls.channel.call(TestCalls.SPLIT, CallOptions.DEFAULT)) {
        call.sendLast(request);
        var answer = call.receive().orElseThrow();
        call.trailers();
        return answer;
      }
    });
  }

  @Test
  void callThatWasCancelledIsNotRetried() throws Exception {
    var chat = calls.chat();
    chat.send("1");
    var first = next();
    chat.cancel("enough");
    assertEquals(Status.cancelled("enough"), first.awaitEnd());
    assertEquals("CANCELLED: enough", TestCalls.start(() -> chat.trailers().toString()).get());
    assertEquals(0, calls.transport.waitingStreams());
  }
}
