package grpc.transport.nio.server;

import grpc.transport.nio.wire.SeldomLog;
import java.time.Duration;

/** Warns about inline handlers that hold up all connections of their loop. */
final class SlowInlineCalls {
  /** The time from which other calls suffer. */
  private static final Duration MOST = Duration.ofMillis(100);

  private final SeldomLog log;

  SlowInlineCalls(SeldomLog log) {
    this.log = log;
  }

  /**
   * The inline calls of one read pass have run.
   *
   * @param nanos their total time
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
