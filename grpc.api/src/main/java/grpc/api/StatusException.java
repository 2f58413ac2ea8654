package grpc.api;

import java.io.Serial;
import java.util.Objects;

/**
 * A call that ended with a status other than OK. Client methods throw it; throw it in a handler to
 * choose the call's status.
 */
public final class StatusException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Status status;
  private final transient Metadata trailers;

  /** Carries the status with no trailers. */
  public StatusException(Status status) {
    this(status, Metadata.EMPTY);
  }

  /** Carries the status and its trailers, received or to be sent. */
  public StatusException(Status status, Metadata trailers) {
    super(Objects.requireNonNull(status, "status").toString());
    this.status = status;
    this.trailers = Objects.requireNonNull(trailers, "trailers (for none: Metadata.EMPTY)");
  }

  /** Carries the status, its trailers, and the local cause, which is never sent. */
  public StatusException(Status status, Metadata trailers, Throwable cause) {
    super(Objects.requireNonNull(status, "status").toString(), cause);
    this.status = status;
    this.trailers = Objects.requireNonNull(trailers, "trailers (for none: Metadata.EMPTY)");
  }

  /** {@return the status} */
  public Status status() {
    return status;
  }

  /** {@return the status's code} */
  public StatusCode code() {
    return status.code();
  }

  /** {@return the trailers, without the fields that gRPC itself reserves} */
  public Metadata trailers() {
    return trailers;
  }
}
