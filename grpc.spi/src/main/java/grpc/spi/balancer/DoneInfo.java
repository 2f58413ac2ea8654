package grpc.spi.balancer;

import grpc.api.Metadata;
import grpc.api.Status;

/** The end of a call on the connection that was picked for it. Immutable. */
public final class DoneInfo {
  private final Status status;
  private final Metadata trailers;
  private final boolean bytesReceived;

  private DoneInfo(Status status, Metadata trailers, boolean bytesReceived) {
    this.status = status;
    this.trailers = trailers;
    this.bytesReceived = bytesReceived;
  }

  /** {@return the end of an attempt that the server did not answer, with no trailers} */
  public static DoneInfo of(Status status) {
    return new DoneInfo(status, Metadata.EMPTY, false);
  }

  /** {@return this end with these trailers in place of its own} */
  public DoneInfo withTrailers(Metadata trailers) {
    return new DoneInfo(status, trailers, bytesReceived);
  }

  /** {@return this end, with or without an answer from the server} */
  public DoneInfo withBytesReceived(boolean bytesReceived) {
    return new DoneInfo(status, trailers, bytesReceived);
  }

  /** {@return the attempt's status} */
  public Status status() {
    return status;
  }

  /** {@return the trailers that came with the status} */
  public Metadata trailers() {
    return trailers;
  }

  /** {@return whether the server answered anything} */
  public boolean bytesReceived() {
    return bytesReceived;
  }

  @Override
  public String toString() {
    return "DoneInfo[status=%s, trailers=%s, bytesReceived=%s]"
        .formatted(status, trailers, bytesReceived);
  }
}
