package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limit for responses: what a service config and a caller say of it together. */
@Timeout(60)
class ReceiveLimitTest {
  private static final int DEFAULT = 4 << 20;

  private static void assertLimit(int limit, String config, CallOptions options) throws Exception {
    try (var calls = TestCalls.with(config)) {
      var fits = calls.unary("x", options);
      calls.transport.nextStream().succeeds("y".repeat(limit));
      assertEquals(limit, fits.get().length(), fits.get().substring(0, 100));
      var larger = calls.unary("x", options);
      calls.transport.nextStream().succeeds("y".repeat(limit + 1));
      assertTrue(larger.get().startsWith("RESOURCE_EXHAUSTED"));
    }
  }

  @Test
  void nobodySays() throws Exception {
    assertLimit(DEFAULT, "", CallOptions.DEFAULT);
  }

  @Test
  void configAloneRaisesOrLowersTheLimit() throws Exception {
    assertLimit(2 * DEFAULT, "'maxResponseMessageBytes': " + 2 * DEFAULT, CallOptions.DEFAULT);
    assertLimit(200, "'maxResponseMessageBytes': 200", CallOptions.DEFAULT);
  }

  @Test
  void callerAloneRaisesOrLowersTheLimit() throws Exception {
    assertLimit(2 * DEFAULT, "", CallOptions.DEFAULT.withMaxReceiveMessageSize(2 * DEFAULT));
    assertLimit(200, "", CallOptions.DEFAULT.withMaxReceiveMessageSize(200));
  }

  @Test
  void smallerOfBothCounts() throws Exception {
    var large = CallOptions.DEFAULT.withMaxReceiveMessageSize(2 * DEFAULT);
    assertLimit(200, "'maxResponseMessageBytes': 200", large);
    var small = CallOptions.DEFAULT.withMaxReceiveMessageSize(200);
    assertLimit(200, "'maxResponseMessageBytes': " + 2 * DEFAULT, small);
  }
}
