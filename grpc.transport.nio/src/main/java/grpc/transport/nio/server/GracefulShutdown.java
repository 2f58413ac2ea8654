package grpc.transport.nio.server;

import grpc.api.Status;
import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.outbound.Command;
import java.time.Duration;

/**
 * A server's graceful end (RFC 9113 §6.8). It sends GOAWAY with the highest id, and a PING. When
 * the PING's answer comes, all requests on their way have arrived, and a second GOAWAY names the
 * last stream. When that stream and all before it are answered, the connection ends. On the loop,
 * except {@link #streamGone}.
 */
final class GracefulShutdown {
  private static final long PING = 0x7465_6e6f_6e67_6f21L;
  private static final long PING_NANOS = Duration.ofSeconds(5).toNanos();

  private enum Phase {
    NOT_BEGUN,
    WARNED,
    REFUSING,
    DONE
  }

  private final Connection connection;
  private volatile Phase phase = Phase.NOT_BEGUN;
  private String debug = "";

  GracefulShutdown(Connection connection) {
    this.connection = connection;
  }

  /**
   * Begins, unless it has already begun.
   *
   * @param reason the debug data, for people
   */
  void begin(String reason) {
    if (phase != Phase.NOT_BEGUN) {
      return;
    }
    phase = Phase.WARNED;
    debug = reason;
    connection.put(new Command.GoAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR, debug));
    connection.put(new Command.Ping(PING, false));
    connection.schedule(PING_NANOS, this::refuse);
  }

  void pong(long opaque) {
    if (opaque == PING) {
      refuse();
    }
  }

  private void refuse() {
    if (phase != Phase.WARNED) {
      return;
    }
    phase = Phase.REFUSING;
    connection.put(new Command.GoAway(connection.lastPeerStreamId(), ErrorCode.NO_ERROR, debug));
    endIfIdle();
  }

  /** {@return whether new streams are ignored} */
  boolean refuses() {
    return phase == Phase.REFUSING || phase == Phase.DONE;
  }

  /** A stream has ended. Any thread. */
  void streamGone() {
    if (phase == Phase.REFUSING && connection.streams().isEmpty()) {
      connection.execute(this::endIfIdle);
    }
  }

  private void endIfIdle() {
    if (phase == Phase.REFUSING && connection.streams().isEmpty()) {
      phase = Phase.DONE;
      connection.lingering().begin(Status.unavailable("the server ended the connection: " + debug));
    }
  }
}
