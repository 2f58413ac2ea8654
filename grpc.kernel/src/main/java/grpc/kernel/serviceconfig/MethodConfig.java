package grpc.kernel.serviceconfig;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The part of a service config for a method's calls.
 *
 * @param waitForReady whether calls wait for a connection, where it says
 * @param timeoutNanos the longest that a call may take; {@link Long#MAX_VALUE} where it does not
 *     say
 * @param maxRequestBytes the limit for a request; {@link Integer#MAX_VALUE} where it does not say
 * @param maxResponseBytes the limit for a response, where it says
 * @param retrying how calls are tried more than once, where they are
 */
public record MethodConfig(
    Optional<Boolean> waitForReady,
    long timeoutNanos,
    int maxRequestBytes,
    OptionalInt maxResponseBytes,
    Optional<Retrying> retrying) {
  /** Says nothing. */
  public static final MethodConfig NONE =
      new MethodConfig(
          Optional.empty(),
          Long.MAX_VALUE,
          Integer.MAX_VALUE,
          OptionalInt.empty(),
          Optional.empty());
}
