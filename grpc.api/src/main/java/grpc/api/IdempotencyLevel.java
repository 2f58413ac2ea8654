package grpc.api;

/**
 * Whether a call may be made again without harm, as the {@code idempotency_level} of a method in a
 * .proto file says. The runtime treats all levels alike; interceptors and gateways may use it.
 */
public enum IdempotencyLevel {
  /** The service does not say. */
  UNKNOWN,
  /** The method only reads. */
  NO_SIDE_EFFECTS,
  /** The method may change state; two calls have the effect of one. */
  IDEMPOTENT
}
