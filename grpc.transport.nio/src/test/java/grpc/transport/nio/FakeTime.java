package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.transport.nio.wire.Loop;
import grpc.transport.nio.wire.LoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A transport whose timers go by a clock that the test moves. */
final class FakeTime {
  private final AtomicLong nanos = new AtomicLong();
  final LoopGroup loops = new LoopGroup(1, nanos::get);
  final NioTransportProvider provider = new NioTransportProvider(loops);

  /** Moves on and returns, whatever the loops do. */
  void jump(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /**
   * Moves on. What has arrived by now is read before time moves, and the timers that it starts
   * begin before; what is due by then has run when this returns.
   */
  void advance(Duration duration) throws IOException, InterruptedException {
    var done = new CountDownLatch(1);
    Loop loop = loops.retain();
    try {
      Runnable move =
          () -> {
            nanos.addAndGet(duration.toNanos());
            loop.timers().schedule(0, done::countDown); // behind all that is due
          };
      loop.execute(() -> afterReading(loop, () -> afterReading(loop, move)));
      assertTrue(done.await(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
    } finally {
      loops.release();
    }
  }

  /** Has the loop run this once it has read what is there, which it does before its timers. */
  private static void afterReading(Loop loop, Runnable next) {
    loop.timers().schedule(0, () -> loop.execute(next));
  }
}
