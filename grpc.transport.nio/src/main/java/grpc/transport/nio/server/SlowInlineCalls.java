package grpc.transport.nio.server;

import grpc.transport.nio.wire.SeldomLog;
import java.time.Duration;

/** Tells operators of inline handlers that hold up all connections of their loop. */
final class SlowInlineCalls {
  /** Longer than this, other calls notice. */
  private static final Duration MOST = Duration.ofMillis(100);

  private final SeldomLog log;

  SlowInlineCalls(SeldomLog log) {
    this.log = log;
  }

  /**
   * The inline calls of one read have run.
   *
   * @param nanos how long they took together
   * @param last the path of the last
   */
  void ran(int calls, long nanos, String last) {
    if (nanos > MOST.toNanos()) {
      log.warn(
          "inline calls held up all connections of their loop for %d ms: %d, the last of %s (expected: %d ms at most; serve them without inline())"
              .formatted(Duration.ofNanos(nanos).toMillis(), calls, last, MOST.toMillis()));
    }
  }
}
