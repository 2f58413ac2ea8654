package grpc.kernel.serviceconfig;

/**
 * When a channel stops retrying (A6): a retryable failure costs a token, a success earns a part of
 * one, and at half of all tokens or fewer nothing is retried. In thousandths, as A6 counts.
 *
 * @param maxMilliTokens all tokens × 1000, in (0, 1,000,000]
 * @param milliRatio tokens that a success earns, × 1000, positive
 */
public record RetryThrottling(int maxMilliTokens, int milliRatio) {}
