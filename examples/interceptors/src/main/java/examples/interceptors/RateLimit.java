package examples.interceptors;

import grpc.api.ServerCallGate;
import grpc.api.Status;
import java.util.function.LongSupplier;

/** Admits a number of calls per second, and refuses more with RESOURCE_EXHAUSTED. */
public final class RateLimit implements ServerCallGate {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final LongSupplier nanoTime;
  private double tokens;
  private long last;

  /**
   * Starts with the calls of one second.
   *
   * @param perSecond calls per second
   * @param nanoTime the clock, usually {@code System::nanoTime}
   */
  public RateLimit(double perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.tokens = perSecond;
    this.last = nanoTime.getAsLong();
  }

  @Override
  public Decision decide(Call call) {
    return take()
        ? Decision.admit()
        : Decision.refuse(
            Status.resourceExhausted("more than %s calls a second".formatted(perSecond)));
  }

  private synchronized boolean take() { // holds the connection's reader for a moment only
    long now = nanoTime.getAsLong();
    tokens = Math.min(perSecond, tokens + (now - last) / NANOS * perSecond);
    last = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
