package grpc.api;

/**
 * Whether a call may be made again without harm, as the {@code idempotency_level} of a method in a
 * .proto file says it. It changes no call; interceptors and gateways may go by it.
 */
public enum IdempotencyLevel {
  /** The service does not say. */
  UNKNOWN,
  /** The method only reads. */
  NO_SIDE_EFFECTS,
  /** The method may change state; made twice it has the effect of once. */
  IDEMPOTENT
}
