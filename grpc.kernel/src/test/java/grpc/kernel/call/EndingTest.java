package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Deadline;
import grpc.api.Status;
import grpc.testing.FakeStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndingTest {
  private final TestCalls calls = TestCalls.with("'timeout': '2s'");
  private final List<Runnable> children = new ArrayList<>();

  @AfterEach
  void close() {
    calls.close();
  }

  /** The context of a call with this deadline, which runs actions when the test says so. */
  private CallContext surrounding(Duration deadline) {
    return (CallContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {CallContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "deadline" -> Optional.of(new Deadline(deadline.toNanos()));
                  case "onEnd" -> {
                    var action = (Runnable) arguments[0];
                    children.add(action);
                    CallContext.Registration registration = () -> children.remove(action);
                    yield registration;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Duration left(CallOptions options) throws Exception {
    var answer = calls.unary("hello", options);
    var stream = calls.transport.nextStream();
    stream.succeeds("hi");
    answer.get();
    return Duration.ofNanos(stream.requestHeaders().timeoutNanos());
  }

  @Test
  void earliestDeadlineWins() throws Exception {
    var second = CallOptions.timeout(Duration.ofSeconds(1));
    assertEquals(Duration.ofSeconds(2), left(CallOptions.DEFAULT));
    assertEquals(Duration.ofSeconds(2), left(CallOptions.timeout(Duration.ofSeconds(5))));
    assertEquals(Duration.ofSeconds(1), left(second));
    var half = surrounding(Duration.ofMillis(500));
    assertEquals(
        Duration.ofMillis(500),
        ScopedValue.where(CallContext.CURRENT, half)
            .call(() -> {
              var call = calls.channel.call(TestCalls.SPLIT, second);
              call.sendLast("hello");
              var stream = calls.transport.nextStream();
              call.close();
              return Duration.ofNanos(stream.requestHeaders().timeoutNanos());
            }));
  }

  @Test
  void earlierOfTimeoutAndDeadlineWins() throws Exception {
    var half = Deadline.after(Duration.ofMillis(500), calls.clock.nanoTime());
    var shared = CallOptions.DEFAULT.withDeadline(half);
    assertEquals(Duration.ofMillis(500), left(shared));
    assertEquals(Duration.ofMillis(500), left(shared.withTimeout(Duration.ofSeconds(1))));
    assertEquals(Duration.ofMillis(250), left(shared.withTimeout(Duration.ofMillis(250))));
    calls.clock.pass(Duration.ofMillis(100));
    assertEquals(Duration.ofMillis(400), left(shared), "calls share one deadline");
  }

  @Test
  void deadlineThatHasPassedSendsNothing() throws Exception {
    var answer = calls.unary("hello", CallOptions.timeout(Duration.ofNanos(-1)));
    assertTrue(answer.get().startsWith("DEADLINE_EXCEEDED: "), answer.get());
    assertEquals(0, calls.transport.waitingStreams());
  }

  @Test
  void serverThatCancelsAtTheDeadlineHasNotCancelled() throws Exception {
    var streams = new ArrayList<FakeStream>();
    calls.clock.schedule(
        Duration.ofSeconds(2).toNanos(),
        () -> streams.getFirst().fails(Status.cancelled("by the server, a moment too early")));
    var answer = calls.unary("hello");
    streams.add(calls.transport.nextStream());
    calls.clock.awaitTimers(Duration.ofSeconds(2), 2);
    calls.clock.pass(Duration.ofSeconds(2));
    assertEquals(
        "DEADLINE_EXCEEDED: no answer from address:server to test.Calls/Unary within 2000 ms",
        answer.get());
  }

  @Test
  void serverThatCancelsBeforeTheDeadlineHasCancelled() throws Exception {
    var answer = calls.unary("hello");
    calls.transport.nextStream().fails(Status.cancelled("by the server"));
    assertEquals("CANCELLED: by the server", answer.get());
  }

  @Test
  void callEndsWithTheCallThatItIsMadeInAndLeavesNothingThere() throws Exception {
    var context = surrounding(Duration.ofMinutes(1));
    ScopedValue.where(CallContext.CURRENT, context)
        .call(() -> {
          var ended = calls.channel.call(TestCalls.SPLIT, CallOptions.DEFAULT);
          ended.sendLast("hello");
          calls.transport.nextStream().succeeds("hi");
          ended.trailers();
          assertEquals(List.of(), children);

          var call = calls.channel.call(TestCalls.SPLIT, CallOptions.DEFAULT);
          call.sendLast("hello");
          var stream = calls.transport.nextStream();
          List.copyOf(children).forEach(Runnable::run);
          assertEquals(
              "CANCELLED: the call that this one was made in ended", stream.awaitEnd().toString());
          return call;
        })
        .close();
    assertEquals(List.of(), children);
  }

  @Test
  void futureOfAUnaryCallTellsItsOutcomeAndCancelsIt() throws Exception {
    var answer = calls.channel.unaryAsync(TestCalls.UNARY, "hello", CallOptions.DEFAULT);
    calls.transport.nextStream().succeeds("hi");
    assertEquals("hi", answer.get());

    var failed =
        calls
            .channel
            .unaryAsync(TestCalls.UNARY, "hello", CallOptions.DEFAULT)
            .handle(
                (response, failure) -> failure.toString() + Thread.currentThread().isInterrupted());
    calls.transport.nextStream().fails(Status.notFound("no"));
    assertEquals("grpc.api.StatusException: NOT_FOUND: nofalse", failed.get());

    var cancelled = calls.channel.unaryAsync(TestCalls.UNARY, "hello", CallOptions.DEFAULT);
    var stream = calls.transport.nextStream();
    assertTrue(cancelled.cancel(true));
    assertEquals("CANCELLED: the calling thread was interrupted", stream.awaitEnd().toString());
  }

  @Test
  void futureHasTheContextOfWhoAsked() throws Exception {
    var context = surrounding(Duration.ofMillis(500));
    var answer =
        ScopedValue.where(CallContext.CURRENT, context)
            .call(() -> calls.channel.unaryAsync(TestCalls.UNARY, "hello", CallOptions.DEFAULT));
    var stream = calls.transport.nextStream();
    assertEquals(Duration.ofMillis(500).toNanos(), stream.requestHeaders().timeoutNanos());
    stream.succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void responsesComeAsAStreamThatCancelsWhenItIsClosed() throws Exception {
    var call = calls.channel.serverStreaming(TestCalls.SPLIT, "hello", CallOptions.DEFAULT);
    var server = calls.transport.nextStream();
    server.answers("a");
    server.answers("b");
    try (var responses = call.stream()) {
      assertEquals(List.of("a", "b"), responses.limit(2).toList());
    }
    assertEquals("CANCELLED", server.awaitEnd().code().name());

    var whole = calls.channel.serverStreaming(TestCalls.SPLIT, "hello", CallOptions.DEFAULT);
    calls.transport.nextStream().succeeds("c");
    assertEquals(List.of("c"), whole.stream().toList());
  }
}
