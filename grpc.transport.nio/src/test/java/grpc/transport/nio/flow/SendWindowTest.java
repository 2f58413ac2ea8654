package grpc.transport.nio.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SendWindowTest {
  @Test
  void zeroWindowSendsNothing() {
    var window = new SendWindow(0);
    assertEquals(0, window.available());
    window.consume(0);
    assertThrows(IllegalArgumentException.class, () -> window.consume(1));
  }

  @Test
  void windowOfOneSendsOneByteAtATime() {
    var window = new SendWindow(1);
    window.consume(1);
    assertEquals(0, window.available());
    assertTrue(window.add(1));
    assertEquals(1, window.available());
  }

  @Test
  void loweredSettingMakesTheWindowNegative() {
    var window = new SendWindow(65_535);
    window.consume(60_000);
    assertTrue(window.add(16_384 - 65_535));
    assertEquals(-43_616, window.window());
    assertEquals(0, window.available());
    assertThrows(IllegalArgumentException.class, () -> window.consume(1));
    assertTrue(window.add(43_616));
    assertEquals(0, window.available());
    assertTrue(window.add(1));
    assertEquals(1, window.available());
  }

  @Test
  void windowHoldsUpTo31BitsAndNoMore() {
    var window = new SendWindow(Integer.MAX_VALUE);
    assertFalse(window.add(1));
    assertEquals(Integer.MAX_VALUE, window.available());
    window.consume(1);
    assertFalse(window.add(2));
    assertTrue(window.add(1));
    assertFalse(window.add(Integer.MAX_VALUE));
    window.consume(Integer.MAX_VALUE);
    assertTrue(window.add(-Integer.MAX_VALUE));
    assertEquals(-Integer.MAX_VALUE, window.window());
    assertFalse(window.add(-2));
    assertTrue(window.add(Integer.MAX_VALUE));
    assertEquals(0, window.window());
  }
}
