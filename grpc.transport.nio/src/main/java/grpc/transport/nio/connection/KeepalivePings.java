package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.spi.transport.Keepalive;
import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.wire.LoopTimers;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that the peer is gone (gRFC A8, A9): when nothing has come for a while it sends a PING,
 * and when still nothing comes it closes the connection. Whatever comes counts as an answer. One
 * timer a connection and nothing a call; on the loop.
 */
final class KeepalivePings {
  private static final long PING = 0x6b65_6570_616c_6976L;

  private final Connection connection;
  private final Keepalive keepalive;
  private final BooleanSupplier callsRun;
  private LoopTimers.@Nullable Timer timer;
  private long heardAt;
  private long pingedAt;
  private boolean awaiting;

  /**
   * Pings that begin with {@link #begin}.
   *
   * @param callsRun whether there are calls
   */
  KeepalivePings(Connection connection, Keepalive keepalive, BooleanSupplier callsRun) {
    this.connection = connection;
    this.keepalive = keepalive;
    this.callsRun = callsRun;
  }

  private LoopTimers timers() {
    return connection.loop().timers();
  }

  /** The connection is ready. */
  void begin() {
    heard(timers().now());
    look(keepalive.time().toNanos());
  }

  /** Bytes came. */
  void heard(long now) {
    heardAt = now;
    awaiting = false;
  }

  /** The connection is gone. */
  void end() {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void look(long delayNanos) {
    timer = timers().schedule(delayNanos, this::look);
  }

  private void look() {
    long now = timers().now();
    long time = keepalive.time().toNanos();
    long timeout = keepalive.timeout().toNanos();
    long silent = now - heardAt;
    if (awaiting && now - pingedAt >= timeout) {
      connection.close(
          Status.unavailable(
              "keepalive: nothing came from "
                  + connection.wire().remoteAddress()
                  + " within "
                  + Seconds.of(keepalive.timeout())
                  + " of a PING; it or the network between is down"));
    } else if (awaiting) {
      look(Math.min(time, timeout - (now - pingedAt)));
    } else if (silent < time) {
      look(time - silent);
    } else if (!keepalive.withoutCalls() && !callsRun.getAsBoolean()) {
      look(time);
    } else {
      awaiting = true;
      pingedAt = now;
      connection.put(new Command.Ping(PING, false));
      look(Math.min(time, timeout));
    }
  }
}
