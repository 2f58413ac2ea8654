package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.transport.nio.outbound.Command;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection that still has bytes to send. It reads no more, writes all queued
 * commands, ends our half, and gives the peer a moment to close its own. If the socket closed
 * before that, the peer would lose the bytes that it has not read yet. Owned by the loop.
 */
public final class LingeringClose {
  /** The time for the peer to close after our last bytes. */
  private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();

  private final Connection connection;
  private @Nullable Status cause; // null until it begins

  LingeringClose(Connection connection) {
    this.connection = connection;
  }

  /** {@return whether reading has ended: a rule was broken, or everything is sent} */
  boolean begun() {
    return cause != null;
  }

  /**
   * {@return the cause of the lingering close; if it has not begun, the argument} The peer usually
   * closes because of that cause.
   */
  Status causeOr(Status other) {
    return cause == null ? other : cause;
  }

  /**
   * Writes the rest, without a limit for the peer's reading, then ends our half. Closes when the
   * peer has closed, or soon.
   */
  public void begin(Status cause) {
    if (!begun()) {
      this.cause = cause;
      connection.put(
          new Command.ShutdownOutput(cause)); // the writer reports when the peer's time begins
    }
  }

  /** As {@link #begin}, but closes soon even if the peer reads nothing. */
  public void beginBriefly(Status cause) {
    if (!begun()) {
      begin(cause);
      linger(cause);
    }
  }

  /** Closes soon, unless the peer does so before. */
  void linger(Status cause) {
    connection.schedule(LINGER_NANOS, () -> connection.close(cause));
  }
}
