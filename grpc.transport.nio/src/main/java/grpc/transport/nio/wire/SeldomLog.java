package grpc.transport.nio.wire;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs one kind of trouble: one line at once, then one line a minute with the number of events
 * between. Without it, an error ten times a second would fill a disk. Thread-safe.
 */
public final class SeldomLog {
  private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Logger log;
  private final LongSupplier clock;
  private boolean said;
  private long saidAt;
  private long unsaid;

  /** A log by a clock that counts nanoseconds. */
  public SeldomLog(Logger log, LongSupplier clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Logs it, unless a line was logged within the last minute. */
  public synchronized void warn(String message) {
    long now = clock.getAsLong();
    if (said && now - saidAt < INTERVAL_NANOS) {
      unsaid++;
      return;
    }
    if (unsaid == 0) {
      log.warn("{}", message);
    } else {
      log.warn("{} (and {} times since the last such line)", message, unsaid);
    }
    said = true;
    saidAt = now;
    unsaid = 0;
  }
}
