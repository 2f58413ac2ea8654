package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Receive windows grow for readers that take what a round trip brings, and for no others. */
class WindowGrowthTest extends ServerWire {
  private static final int CONNECTION_WINDOW = 4 << 20;
  private static final int MOST = 16 << 20;
  private static final int QUARTER = OUR_WINDOW / 4;
  private static final int MESSAGE = 16 * 1024;
  private static final int MESSAGES_A_QUARTER = QUARTER / MESSAGE;

  private final Semaphore mayTake = echo.onTake();

  private MockPeer streaming() throws IOException {
    return client().request(1, false, "/t.Echo/Take").play();
  }

  private static void sendQuarter(MockPeer peer) throws IOException {
    for (int i = 0; i < MESSAGES_A_QUARTER; i++) {
      peer.message(1, false, MESSAGE - 5);
    }
    peer.play();
  }

  private static int expectGrant(MockPeer peer) throws IOException {
    String line = peer.next();
    while (line.startsWith("WINDOW_UPDATE 0 ")) {
      line = peer.next();
    }
    assertTrue(line.startsWith("WINDOW_UPDATE 1 "), line);
    return Integer.parseInt(line.split(" ")[2]);
  }

  private void takeQuarter(MockPeer peer) throws IOException {
    mayTake.release(MESSAGES_A_QUARTER);
    assertEquals(QUARTER, expectGrant(peer));
  }

  private static void acknowledge(MockPeer peer) throws IOException {
    peer.ping(0x7465_6e6f_6e62_6470L, true).play();
  }

  @Test
  void aReaderThatTakesAWindowInARoundTripGetsALargerOne() throws Exception {
    try (var peer = streaming()) {
      sendQuarter(peer);
      takeQuarter(peer);
      peer.expect(MockPeer.ROUND_TRIP);
      for (int i = 0; i < 4; i++) {
        sendQuarter(peer);
        takeQuarter(peer);
      }
      acknowledge(peer);
      assertEquals(OUR_WINDOW, expectGrant(peer));
      peer.expectQuiet();
    }
  }

  @Test
  void aReaderThatTakesHalfAWindowInARoundTripKeepsIt() throws Exception {
    try (var peer = streaming()) {
      sendQuarter(peer);
      takeQuarter(peer);
      peer.expect(MockPeer.ROUND_TRIP);
      for (int i = 0; i < 2; i++) {
        sendQuarter(peer);
        takeQuarter(peer);
      }
      sendQuarter(peer);
      acknowledge(peer);
      peer.expectQuiet();
    }
  }

  @Test
  void aReaderThatTakesNothingIsNotMeasured() throws Exception {
    try (var peer = streaming()) {
      for (int i = 0; i < 3; i++) {
        sendQuarter(peer);
      }
      for (int i = 1; i < MESSAGES_A_QUARTER; i++) { // one less: the window is not used up
        peer.message(1, false, MESSAGE - 5);
      }
      peer.play();
      peer.expectQuiet();
    }
  }

  @Test
  void noPingWithoutDataSinceTheLast() throws Exception { // else peers say too_many_pings (A8)
    try (var peer = streaming()) {
      sendQuarter(peer);
      sendQuarter(peer);
      takeQuarter(peer);
      peer.expect(MockPeer.ROUND_TRIP);
      acknowledge(peer);
      takeQuarter(peer);
      peer.expectQuiet();
      sendQuarter(peer);
      takeQuarter(peer);
      peer.expect(MockPeer.ROUND_TRIP);
    }
  }

  @Test
  void messagesThatAreNotReadMakeNoRoomForALargeOneBehindThem() throws Exception {
    byte[] large = FrameScript.prefixed(4 * OUR_WINDOW);
    int before = OUR_WINDOW / MESSAGE - 1;
    try (var peer = streaming()) {
      for (int i = 0; i < before; i++) {
        peer.message(1, false, MESSAGE - 5);
      }
      peer.data(1, false, Arrays.copyOf(large, MESSAGE)).play();
      peer.expectQuiet();
      mayTake.release(before);
      int missing = large.length - MESSAGE;
      for (int granted = 0; granted < missing; ) {
        String line = peer.next();
        granted += line.startsWith("WINDOW_UPDATE 1 ") ? Integer.parseInt(line.split(" ")[2]) : 0;
        assertTrue(granted <= missing + OUR_WINDOW, () -> line);
      }
    }
  }

  @Test
  void windowsGrowToSixteenMebibytesAndTheConnectionsWithThem() throws Exception {
    try (var peer = streaming()) {
      sendQuarter(peer);
      takeQuarter(peer);
      peer.expect(MockPeer.ROUND_TRIP);
      for (int i = 0; i < MOST / QUARTER; i++) {
        sendQuarter(peer);
        takeQuarter(peer);
      }
      acknowledge(peer);
      assertEquals(MOST - OUR_WINDOW, expectGrant(peer));
      assertEquals("WINDOW_UPDATE 0 " + (MOST - CONNECTION_WINDOW), peer.next());
      sendQuarter(peer);
      mayTake.release(MESSAGES_A_QUARTER);
      peer.expectQuiet(); // that is a quarter no longer, and a larger window is not looked for
    }
  }
}
