package grpc.transport.nio.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a peer may make us do in vain (RFC 9113 §10.5). */
class AbuseGuardTest {
  private static final int COST = 256;
  private static final int ENOUGH = 10_000;

  private final AbuseGuard guard = new AbuseGuard(COST);
  private String refusal = "";

  private interface Frame {
    void comes() throws ConnectionError;
  }

  /** Counts frames until the guard refuses one; ENOUGH if it refuses none. */
  private int tolerated(Frame frame) {
    for (int count = 0; count < ENOUGH; count++) {
      try {
        frame.comes();
      } catch (ConnectionError e) {
        assertEquals(ErrorCode.ENHANCE_YOUR_CALM, e.code());
        refusal = String.valueOf(e.getMessage());
        return count;
      }
    }
    return ENOUGH;
  }

  @ParameterizedTest
  @CsvSource({
    "   0, false, 1024", // CVE-2019-9518
    "   1, false, 1028",
    " 128, false, 2047",
    " 256, false, ENOUGH",
    "1000, false, ENOUGH",
    "   0, true, ENOUGH", // a small message, or END_STREAM: as good as a large one
    "   1, true, ENOUGH",
  })
  void dataMustCarryItsCost(int bytes, boolean completes, String frames) {
    int found =
        tolerated(() -> {
          guard.dataBegins();
          guard.data(bytes, completes);
        });
    assertEquals(frames.equals("ENOUGH") ? ENOUGH : Integer.parseInt(frames), found);
    assertEquals(
        frames.equals("ENOUGH")
            ? ""
            : "DATA in tiny pieces (expected: frames of 256 bytes or more on average)",
        refusal);
  }

  @Test
  void aFrameInManyPiecesCostsOnce() throws Exception {
    guard.dataBegins();
    for (int i = 0; i < COST; i++) {
      guard.data(1, false);
    }
    assertEquals(1024, tolerated(guard::dataBegins));
  }

  @Test
  void largeFramesEarnNoCreditForLater() throws Exception {
    guard.dataBegins();
    guard.data(1 << 20, true);
    assertEquals(1024, tolerated(guard::dataBegins));
  }

  @Test
  void anEndPaysForItselfAndOneFrameMore() throws Exception {
    for (int i = 0; i < 3; i++) {
      guard.dataBegins();
    }
    guard.data(0, true); // 3 - 2 are left
    assertEquals(1023, tolerated(guard::dataBegins));
  }

  @Test
  void aThousandFramesInARowMayCarryNothing() {
    assertEquals(1000, tolerated(guard::emptyFrame));
    assertEquals("1000 frames in a row that carry nothing", refusal);
  }

  @Test
  void headersAndDataEndTheRow() throws Exception {
    emptyFrames(600);
    guard.useful();
    emptyFrames(600);
    guard.dataBegins();
    assertEquals(1000, tolerated(guard::emptyFrame));
  }

  private void emptyFrames(int count) throws ConnectionError {
    for (int i = 0; i < count; i++) {
      guard.emptyFrame();
    }
  }

  @Test
  void eachBlockMayHave64Continuations() throws Exception { // CVE-2024-27316
    guard.blockBegins();
    assertEquals(64, tolerated(guard::continuation));
    assertEquals("a header block in more than 64 CONTINUATION frames", refusal);
    guard.blockBegins();
    assertEquals(64, tolerated(guard::continuation));
  }

  @Test
  void readingStopsAtTheHundredAndFirstAnswerThatWaits() { // CVE-2019-9512
    for (int i = 0; i < 100; i++) {
      guard.provoked();
      assertFalse(guard.tooManyProvoked(), i + 1 + " wait");
    }
    guard.provoked();
    assertTrue(guard.tooManyProvoked());
  }

  @Test
  void readingGoesOnOnceFiftyAreLeft() {
    for (int i = 0; i < 101; i++) {
      guard.provoked();
    }
    for (int left = 100; left >= 0; left--) {
      assertEquals(left == 50, guard.framed(), left + " are left");
    }
  }
}
