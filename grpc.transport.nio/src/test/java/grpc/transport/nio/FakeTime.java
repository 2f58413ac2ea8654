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

  /** Moves on; what is due by then has run when this returns. */
  void advance(Duration duration) throws IOException, InterruptedException {
    nanos.addAndGet(duration.toNanos());
    var done = new CountDownLatch(1);
    Loop loop = loops.retain();
    try {
      loop.execute(() -> loop.timers().schedule(0, done::countDown)); // behind all that is due
      assertTrue(done.await(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
    } finally {
      loops.release();
    }
  }
}
