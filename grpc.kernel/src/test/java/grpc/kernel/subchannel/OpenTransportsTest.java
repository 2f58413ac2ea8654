package grpc.kernel.subchannel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.Status;
import grpc.kernel.call.TestCalls;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a channel that shuts down waits for its calls. */
@Timeout(60)
class OpenTransportsTest {
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final TestCalls calls = TestCalls.with("");

  @AfterEach
  void close() {
    calls.close();
  }

  private FutureTask<String> drained() {
    return TestCalls.start(() -> String.valueOf(calls.core.drain(GRACE)));
  }

  @Test
  void graceIsOverOnTheClockOfTheChannel() throws Exception {
    try (var chat = calls.chat()) {
      chat.start();
      calls.transport.nextStream();
      var drained = drained();
      calls.clock.awaitTimer(GRACE);
      calls.clock.pass(GRACE);
      assertEquals("false", drained.get());
    }
  }

  @Test
  void endOfTheLastCallEndsTheWait() throws Exception {
    try (var chat = calls.chat()) {
      chat.start();
      var stream = calls.transport.nextStream();
      var drained = drained();
      calls.clock.awaitTimer(GRACE);
      stream.fails(Status.OK);
      assertEquals("true", drained.get());
      calls.clock.awaitNoTimer(GRACE);
    }
  }
}
