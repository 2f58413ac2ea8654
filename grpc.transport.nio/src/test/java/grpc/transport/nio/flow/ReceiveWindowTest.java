package grpc.transport.nio.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReceiveWindowTest {
  /** The length of a padding, the longest padding, and a byte of window for the end. */
  private static final int SPARE = 1 + 255 + 1;

  @Test
  void creditIsReturnedAQuarterAtATime() {
    var window = new ReceiveWindow(1000);
    assertTrue(window.receive(600));
    assertEquals(0, window.consume(249));
    assertEquals(250, window.consume(1));
    assertEquals(650, window.granted());
    assertEquals(0, window.consume(0));
    assertEquals(350, window.consume(350));
    assertEquals(1000, window.granted());
  }

  @Test
  void moreThanGrantedIsAViolation() {
    var window = new ReceiveWindow(10);
    assertFalse(window.receive(11));
    assertTrue(window.receive(10));
    assertFalse(window.receive(1));
    assertTrue(window.receive(0));
    assertEquals(10, window.held());
  }

  @Test
  void windowsOfZeroAndOneWork() {
    var none = new ReceiveWindow(0);
    assertFalse(none.receive(1));
    assertEquals(5 + SPARE, none.widen(5));
    assertTrue(none.receive(5 + SPARE));
    assertEquals(0, none.consume(5 + SPARE));
    assertEquals(0, none.granted());
    var one = new ReceiveWindow(1);
    assertTrue(one.receive(1));
    assertEquals(1, one.consume(1));
  }

  @Test
  void moreThanHeldCannotBeConsumed() {
    var window = new ReceiveWindow(10);
    assertTrue(window.receive(3));
    assertThrows(IllegalArgumentException.class, () -> window.consume(4));
  }

  @Test
  void largeMessageWidensTheWindowForItself() {
    var window = new ReceiveWindow(100);
    assertTrue(window.receive(5));
    assertEquals(1000 + SPARE - 95, window.widen(1000));
    assertEquals(0, window.widen(1000));
    assertTrue(window.receive(1000));
    assertFalse(window.receive(SPARE + 1));
    assertEquals(0, window.consume(1005));
    assertEquals(SPARE, window.granted());
    assertTrue(window.receive(SPARE));
    assertEquals(100, window.consume(SPARE)); // the width is gone
    assertEquals(100, window.granted());
  }

  @Test
  void wideningTakesWhatIsOwedAlong() {
    var window = new ReceiveWindow(100);
    assertTrue(window.receive(20));
    assertEquals(0, window.consume(20));
    assertEquals(120 + SPARE, window.widen(200));
    assertEquals(200 + SPARE, window.granted());
    assertTrue(window.receive(200 + SPARE));
    assertEquals(100, window.consume(200 + SPARE));
  }

  @Test
  void messageThatFitsWidensNothing() {
    var window = new ReceiveWindow(100 + SPARE);
    assertEquals(0, window.widen(100));
    assertTrue(window.receive(100 + SPARE));
    assertEquals(0, window.widen(0));
  }

  @Test
  void messageThatFillsTheWindowMayBePaddedAndLeavesAByteForItsEnd() {
    var window = new ReceiveWindow(100);
    assertEquals(SPARE, window.widen(100));
    assertTrue(window.receive(1 + 100 + 255));
    assertEquals(1, window.granted());
  }

  @Test
  void paddingBehindAMessageThatFillsTheWindowIsGivenBackAtOnce() {
    var window = new ReceiveWindow(2000);
    assertEquals(SPARE, window.widen(2000));
    assertTrue(window.receive(2000));
    for (int frame = 0; frame < 3; frame++) {
      assertTrue(window.receive(1 + 255));
      assertEquals(1 + 255, window.discard(1 + 255));
      assertEquals(SPARE, window.granted());
    }
    assertEquals(2000 - SPARE, window.consume(2000)); // it is as large as in the beginning
  }

  @Test
  void paddingIsReturnedAQuarterAtATimeWhileThereIsRoom() {
    var window = new ReceiveWindow(2000);
    assertTrue(window.receive(499));
    assertEquals(0, window.discard(499));
    assertTrue(window.receive(1));
    assertEquals(500, window.discard(1));
    assertEquals(2000, window.granted());
  }

  @Test
  void growthGrantsTheDifference() {
    var window = new ReceiveWindow(100);
    assertTrue(window.receive(100));
    assertEquals(300, window.grow(400));
    assertEquals(0, window.grow(300));
    assertEquals(400, window.limit());
    assertTrue(window.receive(300));
    assertFalse(window.receive(1));
  }

  @Test
  void largestWindowAndLargestMessageDoNotOverflow() {
    var window = new ReceiveWindow(Integer.MAX_VALUE);
    assertTrue(window.receive(Integer.MAX_VALUE));
    assertEquals(Integer.MAX_VALUE, window.consume(Integer.MAX_VALUE));
    var small = new ReceiveWindow(BdpEstimator.MOST / 2);
    small.widen(Integer.MAX_VALUE);
    small.grow(BdpEstimator.MOST);
    assertTrue(small.granted() <= Integer.MAX_VALUE, small::toString);
  }

  @Test
  void peerNeverStarvesAndNeverHasMoreThanTheWindow() {
    var random = new Random(4);
    var window = new ReceiveWindow(1000);
    long peer = 1000;
    for (int step = 0; step < 100_000; step++) {
      int bytes = random.nextInt(400);
      switch (random.nextInt(5)) {
        case 0 -> peer += window.widen(random.nextInt(3000));
        case 1 -> peer += window.consume((int) Math.min(bytes, window.held()));
        case 2 -> {
          int padding = (int) Math.min(bytes, peer);
          assertTrue(window.receive(padding));
          peer += window.discard(padding) - padding;
        }
        default -> {
          int sent = (int) Math.min(bytes, peer);
          assertTrue(window.receive(sent));
          peer -= sent;
        }
      }
      assertEquals(peer, window.granted());
      assertTrue(peer < 3000 + SPARE);
    }
    peer += window.consume((int) window.held());
    assertTrue(peer > 750, window::toString);
  }
}
