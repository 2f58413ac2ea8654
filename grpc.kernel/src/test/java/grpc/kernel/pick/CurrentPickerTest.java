package grpc.kernel.pick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.kernel.time.FakeClock;
import grpc.spi.balancer.PickResult;
import grpc.spi.transport.NonBlockingThread;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How calls wait for the channel's next picker. */
@Timeout(60)
class CurrentPickerTest {
  private static final long NO_END = Long.MAX_VALUE;
  private static final long AN_HOUR = Duration.ofHours(1).toNanos();

  private final PickerState first = PickerState.resolving();
  private final PickerState next = PickerState.resolving(); // equal, and another
  private final PickerState closed = PickerState.closed(Status.unavailable("closed"));
  private final FakeClock clock = new FakeClock();
  private final CurrentPicker picker = new CurrentPicker(clock, first);
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void theNewestIsCurrent() {
    assertSame(first, picker.current());
    picker.post(next);
    assertSame(next, picker.current());
  }

  @Test
  void closedIsForEver() {
    picker.post(closed);
    picker.post(next);
    assertSame(closed, picker.current());
  }

  @Test
  void aCallThatHasSeenAnotherDoesNotWait() throws Exception {
    picker.post(next);
    assertSame(next, picker.await(first, NO_END, over::get));
  }

  @Test
  void aCallThatIsOverDoesNotWait() throws Exception {
    over.set(true);
    assertSame(first, picker.await(first, NO_END, over::get));
  }

  @Test
  void aCallDoesNotWaitPastItsMoment() throws Exception {
    clock.pass(Duration.ofSeconds(5));
    long now = clock.nanoTime();
    assertSame(first, picker.await(first, now, over::get));
    assertSame(first, picker.await(first, now - 1, over::get));
  }

  @Test
  void aCallWaitsForTheNext() throws Exception {
    var waiting = waits(NO_END, Thread.State.WAITING);
    picker.post(next);
    assertSame(next, waiting.get());
  }

  @Test
  void aCallWithADeadlineWaitsForTheNext() throws Exception {
    var waiting = waits(AN_HOUR, Thread.State.TIMED_WAITING);
    picker.post(next);
    assertSame(next, waiting.get());
  }

  @Test
  void aCallThatIsWokenLooksWhetherItIsOver() throws Exception {
    var waiting = waits(NO_END, Thread.State.WAITING);
    over.set(true);
    picker.wake();
    assertSame(first, waiting.get());
  }

  @Test
  void aCallThatIsWokenLooksAtTheClock() throws Exception {
    var waiting = waits(AN_HOUR, Thread.State.TIMED_WAITING);
    clock.pass(Duration.ofHours(1));
    picker.wake();
    assertSame(first, waiting.get());
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    var task = new FutureTask<>(() -> picker.await(first, NO_END, over::get));
    var thread = Thread.ofPlatform().start(task);
    thread.interrupt();
    var failure = assertThrows(ExecutionException.class, task::get);
    assertInstanceOf(InterruptedException.class, failure.getCause());
  }

  /** The thread of a loop may look, and must not wait. */
  @Test
  void aThreadThatMustNotBlockIsRefused() throws Exception {
    var fixed = PickerState.fixed(new PickResult.Queue(), ConnectivityState.READY);
    var looking = onLoop(new FutureTask<>(() -> picker.await(fixed, NO_END, over::get)));
    assertSame(first, looking.get());
    var waiting = onLoop(new FutureTask<>(() -> picker.await(first, NO_END, over::get)));
    var failure = assertThrows(ExecutionException.class, waiting::get);
    assertInstanceOf(IllegalStateException.class, failure.getCause());
  }

  private static <T> FutureTask<T> onLoop(FutureTask<T> task) {
    new LoopThread(task).start();
    return task;
  }

  private static final class LoopThread extends Thread implements NonBlockingThread {
    LoopThread(Runnable task) {
      super(task);
    }
  }

  /** {@return a call that waits for another than the first} */
  private FutureTask<PickerState> waits(long untilNanos, Thread.State state) throws Exception {
    var task = new FutureTask<>(() -> picker.await(first, untilNanos, over::get));
    var thread = Thread.ofPlatform().start(task);
    while (thread.getState() != state) {
      if (thread.join(Duration.ofMillis(1))) {
        assertEquals("a call that waits", task.get(0, TimeUnit.SECONDS).toString());
      }
    }
    return task;
  }
}
