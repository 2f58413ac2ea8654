package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.spi.transport.Keepalive;
import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.wire.LoopTimers;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that the peer is gone (gRFC A8, A9). When no byte has come for a while it sends a PING;
 * when still no byte comes it closes the connection. Every byte counts as an answer. One timer per
 * connection, no work per call; on the loop.
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
   * Whether only the next call brings a PING. The loop sets it, then counts calls; a call is
   * counted, then reads it.
   */
  private volatile boolean dormant;

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
    received(timers().now());
    lookAfter(keepalive.time().toNanos());
  }

  /** Bytes came. */
  void received(long now) {
    heardAt = now;
    awaiting = false;
  }

  /**
   * A call has begun and is already counted. If the connection has been silent for long, even a
   * short call has it pinged. Any thread.
   */
  void callBegins() {
    if (dormant) {
      connection.execute(this::wake);
    }
  }

  private void wake() {
    if (dormant) {
      dormant = false;
      look(timers().now(), true); // the call may have ended by now
    }
  }

  /** The connection is gone. */
  void end() {
    dormant = false;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void lookAfter(long delayNanos) {
    timer = connection.schedule(delayNanos, () -> look(timers().turn(), false));
  }

  /**
   * Checks the silence.
   *
   * @param now the moment up to which all received bytes are read
   * @param called whether a call has just begun
   */
  private void look(long now, boolean called) {
    long time = keepalive.time().toNanos();
    long timeout = keepalive.timeout().toNanos();
    long silent = now - heardAt;
    if (connection.isReadingPaused()) {
      lookAfter(time); // reading is paused, and the length of the pause is limited elsewhere
    } else if (awaiting && now - pingedAt >= timeout) {
      connection.close(
          Status.unavailable(
              "keepalive: nothing came from "
                  + connection.wire().remoteAddress()
                  + " within "
                  + DurationText.of(keepalive.timeout())
                  + " of a PING; it or the network between is down"));
    } else if (awaiting) {
      lookAfter(Math.min(time, timeout - (now - pingedAt)));
    } else if (silent < time) {
      lookAfter(time - silent);
    } else if (called || mayPing()) {
      awaiting = true;
      pingedAt = now;
      connection.put(new Command.Ping(PING, false));
      lookAfter(Math.min(time, timeout));
    }
  }

  /** {@return whether there is a call, or pings need none; else the next call checks again} */
  private boolean mayPing() {
    if (keepalive.withoutCalls() || callsRun.getAsBoolean()) {
      return true;
    }
    dormant = true;
    if (!callsRun.getAsBoolean()) { // a call that began before this did not see the flag
      return false;
    }
    dormant = false;
    return true;
  }
}
