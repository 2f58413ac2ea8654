package grpc.kernel.retry;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all calls of a channel keep for their retries. Thread-safe. */
public final class RetryBudget {
  private final RetrySettings settings;
  private final AtomicLong kept = new AtomicLong();

  /** Nothing kept. */
  public RetryBudget(RetrySettings settings) {
    this.settings = settings;
  }

  /**
   * Counts so many bytes more of a call.
   *
   * @param call bytes of the call with them
   * @return whether the call may keep them; they count either way
   */
  boolean take(long bytes, long call) {
    long all = kept.addAndGet(bytes);
    return call <= settings.bytesPerCall() && all <= settings.bytesPerChannel();
  }

  void give(long bytes) {
    kept.addAndGet(-bytes);
  }

  /** {@return bytes kept at this moment} */
  public long kept() {
    return kept.get();
  }
}
