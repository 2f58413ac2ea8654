package grpc.kernel.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallCredentials;
import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.StatusException;
import grpc.kernel.attempt.SlowCredentials.Manner;
import grpc.kernel.call.TestCalls;
import grpc.spi.transport.NonBlockingThread;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Credentials that wait do so no longer than their call. */
class WaitingForCredentialsTest extends RetryingCalls {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String LATE =
      "DEADLINE_EXCEEDED: no answer from address:server to test.Calls/Unary within 1000 ms; its"
          + " call credentials had not answered";
  private static final String INTERRUPTED = "CANCELLED: the calling thread was interrupted";

  private static CallOptions with(CallCredentials credentials) {
    return CallOptions.DEFAULT.withCallCredentials(credentials);
  }

  /** A unary call's status, and whether its thread is left interrupted. */
  private FutureTask<String> unary(CallOptions options) {
    return TestCalls.start(() -> {
      String status;
      try {
        status = calls.channel.unary(TestCalls.UNARY, "hello", options).message();
      } catch (StatusException e) {
        status = e.status().toString();
      }
      return status + (Thread.currentThread().isInterrupted() ? " (interrupted)" : "");
    });
  }

  @ParameterizedTest
  @EnumSource
  void deadlineEndsTheWaitAndLeavesNoInterrupt(Manner manner) throws Exception {
    onProtected("");
    var slow = new SlowCredentials(manner);
    var answer = unary(with(slow).withTimeout(SECOND));
    slow.asked.take();
    calls.clock.awaitTimer(SECOND);
    calls.clock.pass(SECOND);
    assertEquals(LATE, answer.get());
    assertEquals(0, calls.transport.waitingStreams());
  }

  @ParameterizedTest
  @EnumSource
  void interruptOfTheCallerEndsTheWaitAndStays(Manner manner) throws Exception {
    onProtected("");
    var slow = new SlowCredentials(manner);
    var answer = unary(with(slow));
    slow.asked.take().interrupt();
    assertEquals(INTERRUPTED + " (interrupted)", answer.get());
  }

  @Test
  void cancelledFutureEndsTheWait() throws Exception {
    onProtected("");
    var slow = new SlowCredentials(Manner.THROWS);
    var future = calls.channel.unaryAsync(TestCalls.UNARY, "hello", with(slow));
    slow.asked.take();
    assertTrue(future.cancel(true));
    slow.interrupted.take();
    assertThrows(CancellationException.class, future::get);
  }

  @Test
  void cancelOfAStreamEndsTheWaitOfTheThreadThatStartsIt() throws Exception {
    onProtected("");
    var slow = new SlowCredentials(Manner.THROWS);
    var chat = calls.channel.call(TestCalls.CHAT, with(slow));
    var answer = TestCalls.start(() -> chat.receive().orElse("none"));
    slow.asked.take();
    chat.cancel("not needed");
    assertEquals("CANCELLED: not needed", answer.get());
    assertEquals(0, calls.transport.waitingStreams());
  }

  @Test
  void deadlineEndsTheWaitOfARetry() throws Exception {
    onProtected(TestCalls.RETRY);
    var slow = new SlowCredentials(Manner.THROWS);
    var options = with(secondAttempt(slow)).withTimeout(SECOND.multipliedBy(10));
    var answer = unary(options);
    next().fails(DOWN);
    after(1);
    slow.asked.take();
    calls.clock.pass(SECOND.multipliedBy(9));
    assertTrue(answer.get().endsWith("its call credentials had not answered"), answer.get());
  }

  private static CallCredentials secondAttempt(SlowCredentials slow) {
    var first = new AtomicBoolean(true);
    return attempt -> first.getAndSet(false) ? Metadata.EMPTY : slow.metadata(attempt);
  }

  @Test
  void endOfAHedgedCallEndsTheWaitOfItsOtherAttempts() throws Exception {
    onProtected("'hedgingPolicy': {'maxAttempts': 2, 'hedgingDelay': '2s'}");
    var slow = new SlowCredentials(Manner.THROWS);
    var answer = unary(with(secondAttempt(slow)));
    var first = next();
    calls.clock.awaitTimer(Duration.ofSeconds(2));
    calls.clock.pass(Duration.ofSeconds(2));
    slow.asked.take();
    first.succeeds("hi");
    assertEquals("hi", answer.get());
    slow.interrupted.take();
    assertEquals(0, calls.transport.waitingStreams());
  }

  @Test
  void callWaitsForCredentialsThatAnswerLate() throws Exception {
    onProtected("");
    var slow = new SlowCredentials(Manner.THROWS);
    var answer = unary(with(slow));
    slow.asked.take();
    assertEquals(0, calls.transport.waitingStreams());
    slow.mayGo.countDown();
    next().succeeds("hi");
    assertEquals("hi", answer.get());
  }

  private static final class Loop extends Thread implements NonBlockingThread {
    Loop(Runnable task) {
      super(task);
    }
  }

  @Test
  void threadThatMustNotBlockAsksNoCredentials() throws Exception {
    onProtected("");
    var connected = unary(CallOptions.DEFAULT);
    next().succeeds("hi");
    assertEquals("hi", connected.get());
    var chat = calls.channel.call(TestCalls.CHAT, with(new SlowCredentials(Manner.THROWS)));
    var started =
        new FutureTask<>(() -> assertThrows(IllegalStateException.class, chat::start).getMessage());
    new Loop(started).start();
    assertTrue(started.get().startsWith("asking call credentials would block"), started.get());
    chat.close();
  }
}
