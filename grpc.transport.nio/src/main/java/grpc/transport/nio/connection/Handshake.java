package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.transport.nio.wire.LoopTimers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The wait for the peer's first SETTINGS. On the loop. */
final class Handshake {
  private final Connection connection;
  private LoopTimers.@Nullable Timer timer;

  Handshake(Connection connection) {
    this.connection = connection;
  }

  /**
   * Begins; closes the connection if the peer takes longer.
   *
   * @param passed the part of {@code most} that has already passed, nanoseconds
   */
  void begin(Duration most, long passed) {
    long left = Math.max(0, most.toNanos() - passed);
    timer = connection.schedule(left, () -> connection.close(late(most)));
  }

  private Status late(Duration most) {
    return Status.unavailable(
        "no SETTINGS from "
            + connection.wire().remoteAddress()
            + " within "
            + DurationText.of(most)
            + "; does it speak HTTP/2 without TLS?");
  }

  /** The peer's SETTINGS came, or the connection is gone. */
  void end() {
    if (timer != null) {
      timer.cancel();
    }
  }
}
