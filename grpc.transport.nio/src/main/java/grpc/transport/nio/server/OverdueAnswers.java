package grpc.transport.nio.server;

import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.stream.ServerCallStream;
import grpc.transport.nio.wire.LoopTimers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Drops answers that a client has not taken by the deadline of the call: otherwise a stuck client
 * would hold their memory. It checks once a second while there are streams, so that calls cost no
 * work. On the loop.
 */
final class OverdueAnswers {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final Connection connection;
  private LoopTimers.@Nullable Timer timer;

  OverdueAnswers(Connection connection) {
    this.connection = connection;
  }

  /** A stream was added. */
  void streamBegins() {
    if (timer == null) {
      timer = connection.schedule(INTERVAL_NANOS, this::look);
    }
  }

  private void look() {
    timer = null;
    long now = connection.loop().timers().turn();
    connection.streams().forEach(stream -> ((ServerCallStream) stream).endIfOverdue(now));
    if (!connection.streams().isEmpty()) {
      streamBegins();
    }
  }

  /** The connection is gone. */
  void end() {
    if (timer != null) {
      timer.cancel();
    }
  }
}
