package grpc.kernel.subchannel;

import grpc.api.Status;
import grpc.spi.schedule.Backoff;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;
import java.util.Optional;

/**
 * When an address may be tried again. The delay counts from the start of the last attempt (gRPC's
 * connection-backoff document), grows with each, and is forgotten when a connection has been READY
 * for {@link #SETTLED}. A server that takes connections and drops them is so tried as seldom as one
 * that refuses them (docs/decisions/0008); but the first that it drops is made anew at once, since
 * servers end connections in good order, too. On the channel's serial executor.
 */
public final class ConnectBackoff {
  /** How long a connection must be READY before earlier attempts are forgotten. */
  public static final Duration SETTLED = Duration.ofSeconds(1);

  private final SerialScheduler scheduler;
  private final Backoff backoff;
  private Duration delay = Duration.ZERO;
  private long nextNanos;
  private long readyNanos;
  private boolean spared;
  private Optional<Status> cutShort = Optional.empty();

  /** A backoff; the first attempt may begin at once. */
  ConnectBackoff(SerialScheduler scheduler, Backoff backoff) {
    this.scheduler = scheduler;
    this.backoff = backoff;
    this.nextNanos = scheduler.nanoTime();
  }

  /**
   * An attempt begins.
   *
   * @return how long from now the next may not begin
   */
  Duration begin() {
    cutShort = Optional.empty();
    delay = backoff.next();
    nextNanos = scheduler.nanoTime() + delay.toNanos();
    return delay;
  }

  /** The attempt has made a connection. */
  void ready() {
    readyNanos = scheduler.nanoTime();
  }

  /** {@return how long the connection has been READY} */
  Duration readyFor() {
    return Duration.ofNanos(scheduler.nanoTime() - readyNanos);
  }

  /**
   * The connection, which was READY, is lost.
   *
   * @param why what calls end with until the next attempt, where it was READY too briefly
   */
  void lost(Status why) {
    if (readyFor().compareTo(SETTLED) >= 0) {
      reset();
    } else if (spared) {
      cutShort = Optional.of(why);
    } else {
      spared = true;
    }
  }

  /** {@return how long until the next attempt may begin; zero for at once} */
  Duration left() {
    return Duration.ofNanos(Math.max(0, nextNanos - scheduler.nanoTime()));
  }

  /** {@return why there is to be no attempt yet, after a connection that was READY too briefly} */
  Optional<Status> cutShort() {
    return cutShort.filter(why -> left().isPositive());
  }

  /** {@return whether it must outlive a connection that is no longer used} */
  boolean isWorthKeeping() {
    return spared && scheduler.nanoTime() - nextNanos < delay.toNanos();
  }

  /** Forgets earlier attempts: the next may begin at once. */
  void reset() {
    backoff.reset();
    spared = false;
    cutShort = Optional.empty();
    nextNanos = scheduler.nanoTime();
  }
}
