package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.transport.nio.outbound.Command;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection that still has something to say: nothing more is read, what was put is
 * written, then our half ends, and the peer has a moment to close its own; a socket closed before
 * that would lose what the peer has not read yet. Owned by the loop.
 */
public final class LingeringClose {
  /** How long a peer may take to close after our last bytes. */
  private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();

  private final Connection connection;
  private @Nullable Status cause; // null until it begins

  LingeringClose(Connection connection) {
    this.connection = connection;
  }

  /** {@return whether no more is read: a rule was broken, or all is said} */
  boolean begun() {
    return cause != null;
  }

  /** {@return why it has begun; else this} The peer closes because of that, mostly. */
  Status causeOr(Status other) {
    return cause == null ? other : cause;
  }

  /**
   * Writes what is left, however long the peer takes to read it, then ends our half and closes when
   * the peer has, or soon.
   */
  public void begin(Status cause) {
    if (!begun()) {
      this.cause = cause;
      connection.put(
          new Command.ShutdownOutput(cause)); // its writer says when the peer's time begins
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
