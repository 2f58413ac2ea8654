package grpc.transport.nio.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BdpEstimatorTest {
  private static final long MILLISECOND = 1_000_000;

  private final BdpEstimator estimator = new BdpEstimator(65_535);
  private long now = 5;

  @Test
  void oneProbeIsInFlight() {
    assertTrue(estimator.wantsProbe());
    estimator.probeSent(now);
    assertFalse(estimator.wantsProbe());
    assertEquals(0, estimator.probeAcknowledged(now + MILLISECOND));
    assertTrue(estimator.wantsProbe());
  }

  @Test
  void fullWindowInARoundTripDoublesTheSample() {
    assertEquals(120_000, roundTrip(60_000, MILLISECOND));
    assertEquals(240_000, roundTrip(120_000, MILLISECOND));
  }

  @Test
  void sampleBelowTwoThirdsOfTheWindowChangesNothing() {
    assertEquals(0, roundTrip(43_000, MILLISECOND)); // 0.656 of the window
    assertEquals(87_000, roundTrip(43_500, MILLISECOND));
  }

  @Test
  void whatWasTakenBeforeTheProbeDoesNotCount() {
    estimator.taken(60_000);
    assertEquals(0, roundTrip(40_000, MILLISECOND));
  }

  @Test
  void lowerBandwidthThanBeforeChangesNothing() {
    assertEquals(120_000, roundTrip(60_000, MILLISECOND));
    assertEquals(0, roundTrip(110_000, 10 * MILLISECOND));
  }

  @Test
  void growthEndsAtSixteenMebibytes() {
    int window = 65_535;
    while (window < 16 << 20) {
      int larger = roundTrip(window, MILLISECOND);
      assertTrue(larger > window);
      window = larger;
    }
    assertEquals(16 << 20, window);
    assertFalse(estimator.wantsProbe());
  }

  @Test
  void acknowledgementWithoutAProbeIsIgnored() {
    estimator.taken(65_535);
    assertEquals(0, estimator.probeAcknowledged(now));
    estimator.probeSent(now);
    estimator.taken(65_535);
    assertEquals(131_070, estimator.probeAcknowledged(now)); // a clock that stands still
  }

  private int roundTrip(int bytes, long nanos) {
    estimator.probeSent(now);
    estimator.taken(bytes);
    now += nanos;
    return estimator.probeAcknowledged(now);
  }
}
