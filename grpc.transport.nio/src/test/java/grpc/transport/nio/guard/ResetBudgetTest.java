package grpc.transport.nio.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bucket: 400 resets and one for each stream, 400 a minute, four for each answer. */
class ResetBudgetTest {
  private static final long BEGAN = -7_000_000_000L; // nanoTime may be negative
  private static final long SHORT = 0;

  /** Counts resets at one moment until the budget refuses; not more than a million. */
  private static int allowed(ResetBudget budget, long now, int answers) {
    for (int count = 0; count < 1_000_000; count++) {
      try {
        budget.reset(now, SHORT, answers);
      } catch (ConnectionError e) {
        assertEquals(ErrorCode.ENHANCE_YOUR_CALM, e.code()); // RFC 9113 §10.5
        assertEquals(
            "too many streams were reset at once (expected: at most 400 a minute, and 4 for each"
                + " that is answered)",
            e.getMessage());
        return count;
      }
    }
    return 1_000_000;
  }

  private static void spend(ResetBudget budget, int count) throws ConnectionError {
    for (int i = 0; i < count; i++) {
      budget.reset(BEGAN, SHORT, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 400", "1, 401", "100, 500", "1000, 1400"})
  void aNewConnectionMayResetAllItsStreamsAnd400More(int maxConcurrentStreams, int resets) {
    assertEquals(resets, allowed(new ResetBudget(maxConcurrentStreams, BEGAN), BEGAN, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0",
    "PT0.149S, 0", // one takes 150 ms
    "PT0.151S, 1",
    "PT1.501S, 10",
    "PT30.001S, 200",
    "PT60.001S, 400",
    "PT2H, 500", // full: no more than at first
  })
  void anEmptyBudgetFillsBy400AMinute(Duration elapsed, int resets) throws Exception {
    var budget = new ResetBudget(100, BEGAN);
    spend(budget, 500);
    assertEquals(resets, allowed(budget, BEGAN + elapsed.toNanos(), 0));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 4", "25, 100", "124, 496", "125, 500", "1000, 500"})
  void eachAnswerAllowsFourResets(int answers, int resets) throws Exception {
    var budget = new ResetBudget(100, BEGAN);
    spend(budget, 500);
    assertEquals(resets, allowed(budget, BEGAN, answers));
  }

  @Test
  void anAnswerCountsOnce() throws Exception {
    var budget = new ResetBudget(0, BEGAN);
    spend(budget, 400);
    for (int i = 0; i < 4; i++) {
      budget.reset(BEGAN, SHORT, 1);
    }
    assertEquals(0, allowed(budget, BEGAN, 1));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 400", "PT0.099999999S, 400", "PT0.1S, 2000", "PT1M, 2000"})
  void aStreamThatLived100MillisecondsIsFree(Duration lived, int resets) {
    var budget = new ResetBudget(0, BEGAN);
    int count = 0;
    try {
      for (; count < 2000; count++) {
        budget.reset(BEGAN, lived.toNanos(), 0);
      }
    } catch (ConnectionError e) {
      assertEquals(ErrorCode.ENHANCE_YOUR_CALM, e.code());
    }
    assertEquals(resets, count);
  }

  @Test
  void resetsThatTheClientProvokesCostAsMuch() throws Exception {
    var budget = new ResetBudget(0, BEGAN);
    for (int i = 0; i < 400; i++) {
      budget.provoked(BEGAN, 0);
    }
    assertThrows(ConnectionError.class, () -> budget.provoked(BEGAN, 0));
  }
}
