package grpc.kernel.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.kernel.serviceconfig.RetryThrottling;
import grpc.spi.transport.Message;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryArithmeticTest {
  private static Message message(int size) {
    return new Message(false, ByteBuffer.allocate(size));
  }

  @Test
  void tokensStayBetweenNothingAndAll() {
    var throttle = new RetryThrottle(new RetryThrottling(2_000, 500));
    throttle.succeeded();
    throttle.failed();
    assertFalse(throttle.allows(), "half of all tokens are not enough");
    throttle.succeeded();
    assertTrue(throttle.allows());
    for (int i = 0; i < 9; i++) {
      throttle.failed();
    }
    throttle.succeeded();
    throttle.succeeded();
    assertFalse(throttle.allows());
    throttle.succeeded();
    assertTrue(throttle.allows(), "debts are not counted");
  }

  @Test
  void successThatEarnsMoreThanAllTokensFillsTheBucket() {
    var throttle = new RetryThrottle(new RetryThrottling(2_000, Integer.MAX_VALUE));
    throttle.failed();
    throttle.failed();
    throttle.succeeded();
    throttle.failed();
    throttle.succeeded();
    assertTrue(throttle.allows());
  }

  @Test
  void tokensSurviveAConfigWithTheSameRules() {
    var throttles = new RetryThrottles();
    var rules = new RetryThrottling(2_000, 500);
    throttles.of(Optional.of(rules)).orElseThrow().failed();
    assertFalse(throttles.of(Optional.of(new RetryThrottling(2_000, 500))).orElseThrow().allows());
    assertTrue(throttles.of(Optional.of(new RetryThrottling(2_000, 1))).orElseThrow().allows());
    assertTrue(throttles.of(Optional.empty()).isEmpty());
  }

  @Test
  void bufferCountsUntilItIsReleasedOnce() {
    var budget =
        new RetryBudget(RetrySettings.DEFAULT.withBytesPerCall(10).withBytesPerChannel(15));
    var first = new RetryBuffer(budget);
    var second = new RetryBuffer(budget);
    assertTrue(first.add(message(10)));
    assertTrue(second.add(message(5)));
    assertFalse(second.add(message(1)), "over the channel's limit");
    first.release();
    first.release();
    assertEquals(6, budget.kept());
    assertTrue(second.add(message(4)));
    assertFalse(second.add(message(1)), "over the call's limit");
    second.release();
    assertEquals(0, budget.kept());
    assertTrue(second.add(message(100)), "nothing counts once the call is committed");
    assertEquals(0, budget.kept());
  }

  @Test
  void bufferGivesCopiesThatMayBeRead() {
    var buffer = new RetryBuffer(new RetryBudget(RetrySettings.DEFAULT));
    buffer.add(message(3));
    var copy = buffer.at(0);
    assertNotNull(copy);
    copy.payload().position(3);
    var another = buffer.at(0);
    assertNotNull(another);
    assertEquals(3, another.payload().remaining());
    assertNull(buffer.whole(), "more may follow");
    buffer.halfClose();
    assertNotNull(buffer.whole());
    assertTrue(buffer.endsAt(1));
    assertFalse(buffer.endsAt(0));
  }

  @Test
  void bufferIsAsGrpcHasItWhereNothingIsChosen() {
    assertEquals(256 * 1024, RetrySettings.DEFAULT.bytesPerCall());
    assertEquals(16 * 1024 * 1024, RetrySettings.DEFAULT.bytesPerChannel());
  }

  @Test
  void negativeLimitsAreRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> RetrySettings.DEFAULT.withBytesPerCall(-1));
    assertEquals("retryBufferPerCall: -1 (expected: 0 or more)", e.getMessage());
  }
}
