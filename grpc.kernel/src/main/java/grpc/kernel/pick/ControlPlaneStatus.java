package grpc.kernel.pick;

import grpc.api.Status;

/** Statuses of resolvers, balancers and call credentials as calls may see them. */
public final class ControlPlaneStatus {
  private ControlPlaneStatus() {}

  /** {@return the status, or INTERNAL for a code that only applications may use (A54)} */
  public static Status ofCall(Status status) {
    return legal(status, "a resolver or balancer");
  }

  /** {@return the same for a status that call credentials have chosen} */
  public static Status ofCredentials(Status status) {
    return legal(status, "call credentials");
  }

  private static Status legal(Status status, String origin) {
    return switch (status.code()) {
      case OK,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          DATA_LOSS ->
          Status.internal("illegal status of " + origin + ": " + status);
      case CANCELLED,
          UNKNOWN,
          DEADLINE_EXCEEDED,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          UNIMPLEMENTED,
          INTERNAL,
          UNAVAILABLE,
          UNAUTHENTICATED ->
          status;
    };
  }
}
