package grpc.transport.nio.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stream's peer may send, and the credit that it is owed (RFC 9113 §6.9). */
class StreamWindowTest {
  private static final int SIZE = 1000;

  /** What is granted behind a message: a frame's padding, and a byte. */
  private static final int SPARE = 257;

  private final StreamWindow window = new StreamWindow(SIZE);

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "1000, true", "1001, false", "2147483647, false"})
  void thePeerMayFillTheWindowAndNoMore(int bytes, boolean allowed) { // §6.9.1
    assertEquals(allowed, window.receive(bytes));
  }

  @Test
  void whatWasNotAllowedIsNotCounted() {
    assertFalse(window.receive(1001));
    assertTrue(window.receive(1000));
    assertFalse(window.receive(1));
  }

  /** Credit returns once a quarter of the window is taken, and is asked for once. */
  @ParameterizedTest
  @CsvSource({"1, false, 0", "249, false, 0", "250, true, 250", "1000, true, 1000"})
  void whatIsTakenReturnsByQuarters(int taken, boolean asks, int credit) {
    window.receive(SIZE);
    assertEquals(asks, window.taken(taken));
    assertEquals(credit, window.takeCredit());
    assertEquals(0, window.takeCredit(), "once");
  }

  @Test
  void creditThatWaitsIsAskedForOnce() {
    window.receive(SIZE);
    assertTrue(window.taken(250));
    assertFalse(window.taken(250), "a WINDOW_UPDATE waits to be written");
    assertEquals(500, window.takeCredit());
    assertTrue(window.taken(250));
    assertEquals(250, window.takeCredit());
    assertTrue(window.receive(750));
    assertFalse(window.receive(1));
  }

  @Test
  void paddingReturnsWithoutAReader() { // §6.1: padding counts
    window.receive(900);
    assertFalse(window.padding(0));
    assertTrue(window.padding(100), "the peer has less left than a frame's padding");
    assertEquals(100, window.takeCredit());
  }

  @Test
  void littlePaddingWaitsForAQuarter() {
    window.receive(300);
    assertFalse(window.padding(249));
    assertTrue(window.padding(1));
    assertEquals(250, window.takeCredit());
  }

  /** A message larger than the window: of 5 + 5000 bytes, 1000 have come. */
  @Test
  void aLargeMessageWidensTheWindow() {
    window.receive(SIZE);
    assertTrue(window.makeRoom(4005, 1000));
    assertEquals(4005 + SPARE, window.takeCredit());
    assertFalse(window.makeRoom(4005, 1000), "there is room");
    assertTrue(window.receive(4005 + SPARE));
    assertFalse(window.receive(1));
  }

  /** Then it goes back to its size: what widened it is not returned. */
  @Test
  void aWindowThatWasWidenedNarrowsAgain() {
    window.receive(SIZE);
    window.makeRoom(4005, 1000);
    window.takeCredit();
    window.receive(4005);
    window.makeRoom(0, 0);
    assertTrue(window.taken(5005));
    assertEquals(5005 - 4005 - SPARE, window.takeCredit());
    assertTrue(window.receive(1000));
    assertFalse(window.receive(1));
  }

  @Test
  void whileOthersWaitBeforeItAMessageGetsNoRoom() {
    window.receive(SIZE);
    assertFalse(window.makeRoom(4405, 600), "400 bytes of another message are not taken");
    assertTrue(window.taken(400), "its reader makes room");
    assertEquals(4405 + SPARE, window.takeCredit());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 5"})
  void aMessageThatIsWholeNeedsNoRoom(int missing, int begun) {
    window.receive(SIZE);
    assertFalse(window.makeRoom(missing, begun));
  }

  /** A round trip of a millisecond in which the reader took so much. */
  @ParameterizedTest
  @CsvSource({"500, 0, 1000", "1000, 1000, 2000"})
  void aFastReaderGetsALargerWindow(int taken, int grown, int limit) {
    window.receive(SIZE);
    assertTrue(window.taken(250));
    assertTrue(window.wantsProbe());
    window.probeSent(5_000_000);
    assertFalse(window.wantsProbe());
    window.takeCredit();
    window.receive(250);
    for (int i = 0; i < taken / 250; i++) {
      window.taken(250);
    }
    window.takeCredit();
    assertEquals(grown > 0, window.probeAcknowledged(6_000_000));
    assertEquals(grown, window.takeCredit());
    assertEquals(limit, window.limit());
    assertTrue(window.wantsProbe());
  }

  @Test
  void anAcknowledgementWithoutAProbeChangesNothing() {
    assertFalse(window.probeAcknowledged(1));
    assertEquals(SIZE, window.limit());
  }
}
