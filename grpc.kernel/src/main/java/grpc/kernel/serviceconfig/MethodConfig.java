package grpc.kernel.serviceconfig;

import java.util.Optional;

/**
 * What a service config says of a method's calls.
 *
 * @param waitForReady whether calls wait for a connection, where it says
 * @param timeoutNanos the longest that a call may take; {@link Long#MAX_VALUE} where it does not
 *     say
 * @param maxRequestBytes the limit for a request; {@link Integer#MAX_VALUE} where it does not say
 * @param maxResponseBytes the limit for a response; {@link Integer#MAX_VALUE} where it does not say
 * @param retrying how calls are tried more than once, where they are
 */
public record MethodConfig(
    Optional<Boolean> waitForReady,
    long timeoutNanos,
    int maxRequestBytes,
    int maxResponseBytes,
    Optional<Retrying> retrying) {
  /** Says nothing. */
  public static final MethodConfig NONE =
      new MethodConfig(
          Optional.empty(), Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Optional.empty());
}
