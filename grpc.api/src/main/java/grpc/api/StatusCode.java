package grpc.api;

import java.util.Optional;

/**
 * The 17 ways in which a call can end (gRPC's statuscodes document). The ordinal is the number on
 * the wire.
 */
public enum StatusCode {
  /** The call succeeded. */
  OK,
  /** The call was cancelled, usually by its caller. */
  CANCELLED,
  /** The handler threw, or the peer gave a status of another space. */
  UNKNOWN,
  /** The request is wrong in every state of the system. */
  INVALID_ARGUMENT,
  /** The deadline passed before the call ended; the call may still have taken effect. */
  DEADLINE_EXCEEDED,
  /** Something that was asked for does not exist. */
  NOT_FOUND,
  /** The thing to create exists already. */
  ALREADY_EXISTS,
  /** The caller is known and may not do this. */
  PERMISSION_DENIED,
  /** A quota, a size limit or another resource is used up. */
  RESOURCE_EXHAUSTED,
  /** The system is not in the state that the call needs; retrying alone does not help. */
  FAILED_PRECONDITION,
  /** The call lost against a concurrent one; retry at a higher level. */
  ABORTED,
  /** The call went past a valid range that may still grow. */
  OUT_OF_RANGE,
  /** The method is not implemented or not enabled here. */
  UNIMPLEMENTED,
  /** An invariant of the system is broken. */
  INTERNAL,
  /** The service cannot be reached now; retrying with backoff may help. */
  UNAVAILABLE,
  /** Data is lost or corrupt beyond repair. */
  DATA_LOSS,
  /** The caller's credentials are missing or not valid. */
  UNAUTHENTICATED;

  private static final StatusCode[] BY_NUMBER = values();

  /** {@return the number on the wire, 0 to 16} */
  public int number() {
    return ordinal();
  }

  /**
   * {@return the code with this number on the wire, or empty if gRPC defines none}
   *
   * @param number any integer
   */
  public static Optional<StatusCode> of(int number) {
    return number >= 0 && number < BY_NUMBER.length
        ? Optional.of(BY_NUMBER[number])
        : Optional.empty();
  }
}
