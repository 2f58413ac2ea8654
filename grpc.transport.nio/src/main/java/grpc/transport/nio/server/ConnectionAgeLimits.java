package grpc.transport.nio.server;

import grpc.api.Status;
import grpc.spi.transport.ConnectionAge;
import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.wire.LoopTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/**
 * Ends a server's connection that is too old or idle (gRFC A9). It checks for idleness four times
 * in the idle limit, so that calls cost no work. A connection counts as idle from the first check
 * without a running call, so it ends at most one interval too late, and never too early. On the
 * loop.
 */
final class ConnectionAgeLimits {
  private static final double JITTER = 0.1;
  private static final int LOOKS = 4;

  private final Connection connection;
  private final GracefulShutdown gracefulShutdown;
  private final ConnectionAge age;
  private final IntSupplier lastStreamId;
  private final List<LoopTimers.Timer> timers = new ArrayList<>(LOOKS);
  private boolean hadCalls;
  private int seenStreamId;
  private long quietSince;

  ConnectionAgeLimits(
      Connection connection,
      GracefulShutdown gracefulShutdown,
      ConnectionAge age,
      IntSupplier lastStreamId) {
    this.connection = connection;
    this.gracefulShutdown = gracefulShutdown;
    this.age = age;
    this.lastStreamId = lastStreamId;
  }

  /** The connection is ready. */
  void begin() {
    if (isLimited(age.maxAge())) {
      double share = ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
      after((long) (share * age.maxAge().toNanos()), this::tooOld);
    }
    if (isLimited(age.maxIdle())) {
      quietSince = now();
      lookAgain();
    }
  }

  /** The connection is gone. */
  void end() {
    timers.forEach(LoopTimers.Timer::cancel);
    timers.clear();
  }

  private static boolean isLimited(Duration limit) {
    return limit.compareTo(ConnectionAge.FOREVER) < 0;
  }

  private long now() {
    return connection.loop().timers().now();
  }

  private void after(long nanos, Runnable task) {
    timers.removeIf(LoopTimers.Timer::isDone);
    timers.add(connection.schedule(nanos, task));
  }

  private void tooOld() {
    gracefulShutdown.begin("max_age");
    if (isLimited(age.grace())) {
      var late = Status.unavailable("the connection is past its max age and grace");
      after(age.grace().toNanos(), () -> connection.close(late));
    }
  }

  private void lookForCalls() {
    int last = lastStreamId.getAsInt();
    if (!connection.streams().isEmpty()) {
      hadCalls = true;
    } else if (hadCalls || last != seenStreamId) {
      hadCalls = false;
      quietSince = now(); // the last call has ended since the previous check
    } else if (now() - quietSince >= age.maxIdle().toNanos()) {
      gracefulShutdown.begin("max_idle");
      return;
    }
    seenStreamId = last;
    lookAgain();
  }

  private void lookAgain() {
    after(Math.ceilDiv(age.maxIdle().toNanos(), LOOKS), this::lookForCalls);
  }
}
