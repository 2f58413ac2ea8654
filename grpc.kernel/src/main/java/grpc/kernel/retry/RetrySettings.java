package grpc.kernel.retry;

/**
 * A channel's limits for retries.
 *
 * @param enabled whether the policies of service configs are followed; without them only requests
 *     that no server has seen are repeated
 * @param bytesPerCall the most that is kept of one call's requests, to be sent again
 * @param bytesPerChannel the most that is kept of all calls' requests
 */
public record RetrySettings(boolean enabled, long bytesPerCall, long bytesPerChannel) {
  /** Enabled; 256 KiB a call and 16 MiB a channel, as grpc-go and grpc-java have it. */
  public static final RetrySettings DEFAULT = new RetrySettings(true, 256 << 10, 16 << 20);

  /** Disabled, and nothing is kept. */
  public static final RetrySettings NONE = new RetrySettings(false, 0, 0);

  /** {@return these settings with policies followed or not} */
  public RetrySettings withEnabled(boolean follow) {
    return new RetrySettings(follow, bytesPerCall, bytesPerChannel);
  }

  /**
   * {@return these settings with another limit for a call}
   *
   * @throws IllegalArgumentException if it is negative
   */
  public RetrySettings withBytesPerCall(long bytes) {
    return new RetrySettings(enabled, notNegative("retryBufferPerCall", bytes), bytesPerChannel);
  }

  /**
   * {@return these settings with another limit for the channel}
   *
   * @throws IllegalArgumentException if it is negative
   */
  public RetrySettings withBytesPerChannel(long bytes) {
    return new RetrySettings(enabled, bytesPerCall, notNegative("retryBuffer", bytes));
  }

  private static long notNegative(String option, long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(option + ": " + bytes + " (expected: 0 or more)");
    }
    return bytes;
  }
}
