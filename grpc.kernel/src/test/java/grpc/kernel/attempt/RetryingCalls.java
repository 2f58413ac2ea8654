package grpc.kernel.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallCredentials;
import grpc.api.SecurityLevel;
import grpc.api.Status;
import grpc.kernel.call.TestCalls;
import grpc.testing.FakeStream;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Tests of calls whose attempts the test ends, with the policy of {@link TestCalls#RETRY}. */
@Timeout(60)
abstract class RetryingCalls {
  static final Status DOWN = Status.unavailable("down");

  TestCalls calls = TestCalls.with(TestCalls.RETRY);

  @AfterEach
  void close() {
    calls.close();
  }

  void use(TestCalls others) {
    calls.close();
    calls = others;
  }

  /** Calls on connections of this level, with these credentials of their channel. */
  void on(String policy, SecurityLevel level, Optional<CallCredentials> channelWide) {
    use(TestCalls.secured(policy, level, channelWide));
  }

  /** Calls on connections that nobody else can read. */
  void onProtected(String policy) {
    on(policy, SecurityLevel.PRIVACY_AND_INTEGRITY, Optional.empty());
  }

  FakeStream next() throws InterruptedException {
    return calls.transport.nextStream();
  }

  /** Lets a backoff of about so many seconds end, not earlier. */
  void after(int seconds) throws InterruptedException {
    calls.clock.awaitTimer(Duration.ofSeconds(seconds));
    assertEquals(0, calls.transport.waitingStreams(), "an attempt came too early");
    calls.clock.pass(Duration.ofSeconds(seconds).multipliedBy(12).dividedBy(10));
  }
}
