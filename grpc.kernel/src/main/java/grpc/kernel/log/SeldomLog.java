package grpc.kernel.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Logs what others may provoke as often as they like: once a minute, with the number of those left
 * out since, and the others at DEBUG. Safe for use by any thread.
 */
public final class SeldomLog {
  private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Logger log;
  private final Level level;
  private final LongSupplier clock;
  private final AtomicLong next;
  private final AtomicLong leftOut = new AtomicLong();

  /** Logs at this level. */
  public SeldomLog(Logger log, Level level) {
    this(log, level, System::nanoTime);
  }

  /**
   * Logs at this level by a clock of its own.
   *
   * @param clock counts nanoseconds as {@link System#nanoTime} does
   */
  SeldomLog(Logger log, Level level, LongSupplier clock) {
    this.log = log;
    this.level = level;
    this.clock = clock;
    this.next = new AtomicLong(clock.getAsLong());
  }

  /** Logs the message with the trace, unless one was logged within the last minute. */
  public void log(String message, Throwable thrown) {
    long now = clock.getAsLong();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS)) {
      long before = leftOut.getAndSet(0);
      log.atLevel(level)
          .setCause(thrown)
          .log(
              "{}{}",
              message,
              before == 0 ? "" : " (" + before + " more since the last such line)");
    } else {
      leftOut.incrementAndGet();
      log.debug("{}", message, thrown);
    }
  }
}
