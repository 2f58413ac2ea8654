package grpc.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallStateTest {
  private final CallState state = new CallState();

  @Test
  void cancelledCallNeverBegins() {
    assertTrue(state.cancel());
    assertFalse(state.begin(true));
    assertFalse(state.cancel());
    assertFalse(Thread.interrupted());
  }

  @Test
  void handlerThatHasLeftIsNotInterrupted() {
    assertTrue(state.begin(true));
    state.end(true);
    assertFalse(state.cancel());
    assertFalse(state.isCancelled());
    assertFalse(Thread.interrupted());
  }

  @Test
  void runningHandlerIsInterruptedAndLeavesNoInterruptBehind() {
    assertTrue(state.begin(true));
    assertTrue(state.cancel());
    assertTrue(Thread.currentThread().isInterrupted());
    assertTrue(state.isCancelled());
    state.end(true);
    assertFalse(Thread.interrupted());
  }

  @Test
  void inlineHandlerOnlySeesAFlag() {
    assertTrue(state.begin(false));
    assertTrue(state.cancel());
    assertTrue(state.isCancelled());
    assertFalse(Thread.currentThread().isInterrupted());
    Thread.currentThread().interrupt(); // somebody else's
    state.end(false);
    assertTrue(Thread.interrupted());
  }

  @Test
  void noInterruptArrivesAfterTheEndHoweverTheyRace() throws InterruptedException {
    var late = new AtomicInteger();
    for (int i = 0; i < 2_000; i++) {
      var racing = new CallState();
      var cancelled = new AtomicBoolean();
      var handler =
          Thread.ofVirtual()
              .start(() -> {
                if (racing.begin(true)) { // it yields so that the cancel may come in between
                  Thread.yield();
                  racing.end(true);
                  Thread.yield();
                  if (Thread.interrupted()) {
                    late.incrementAndGet();
                  }
                }
              });
      var canceller = Thread.ofVirtual().start(() -> cancelled.set(racing.cancel()));
      handler.join();
      canceller.join();
      assertEquals(cancelled.get(), racing.isCancelled());
    }
    assertEquals(0, late.get());
  }
}
