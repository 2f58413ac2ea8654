package grpc.transport.nio.connection;

import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.wire.LoopTimers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Stops reading from a peer that provokes answers and does not read them, until it has read half of
 * them. Ends the connection when that takes too long: two sides that both stop reading would wait
 * without end. On the loop, except {@link #answersFramed}.
 */
final class ReadBackpressure {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Connection connection;
  private boolean paused;
  private LoopTimers.@Nullable Timer timer;

  ReadBackpressure(Connection connection) {
    this.connection = connection;
  }

  /** A read pass has ended. */
  void readPassEnded() {
    if (!paused && connection.guard().tooManyProvoked()) {
      paused = true;
      connection.wire().reading(false);
      timer = connection.schedule(PATIENCE.toNanos(), this::giveUp);
    }
  }

  boolean isPaused() {
    return paused;
  }

  private void giveUp() {
    if (paused) {
      connection.fail(
          new ConnectionError(
              ErrorCode.ENHANCE_YOUR_CALM,
              "answers were provoked and not read for " + PATIENCE.toSeconds() + " s"));
    }
  }

  /** Resumes reading. Any thread. */
  void answersFramed() {
    connection.execute(this::resume);
  }

  private void resume() {
    if (paused && !connection.guard().tooManyProvoked()) {
      paused = false;
      end();
      connection.wire().reading(true);
    }
  }

  /** The connection is gone. */
  void end() {
    if (timer != null) {
      timer.cancel();
    }
  }
}
