package grpc.spi.transport;

import grpc.api.Metadata;
import grpc.api.Status;
import java.util.Objects;

/** The end of a client's stream, by any side or layer. Immutable. */
public final class StreamEnd {
  /** The progress of a request. */
  public enum Progress {
    /** Its headers did not leave this process. */
    NOT_SENT,
    /** The server says that it did not process it: REFUSED_STREAM, or beyond GOAWAY's last id. */
    UNPROCESSED,
    /** The server may have processed it. */
    PROCESSED
  }

  private final Status status;
  private final Metadata trailers;
  private final Progress progress;

  private StreamEnd(Status status, Metadata trailers, Progress progress) {
    this.status = status;
    this.trailers = trailers;
    this.progress = progress;
  }

  /** {@return an end with no trailers, of a request that the server may have processed} */
  public static StreamEnd of(Status status) {
    return new StreamEnd(status, Metadata.EMPTY, Progress.PROCESSED);
  }

  /** {@return an end} The accessors describe the parameters. */
  public static StreamEnd of(Status status, Metadata trailers, Progress progress) {
    return new StreamEnd(status, trailers, progress);
  }

  /** {@return this end with another status} */
  public StreamEnd withStatus(Status status) {
    return new StreamEnd(status, trailers, progress);
  }

  /**
   * {@return the call's status} It comes from the trailers, or from the failure that ended the
   * stream: an error on the wire, a lost connection, a cancellation.
   */
  public Status status() {
    return status;
  }

  /** {@return the trailers, without the fields that gRPC reserves} */
  public Metadata trailers() {
    return trailers;
  }

  /** {@return the request's progress, which decides on transparent retry (A6)} */
  public Progress progress() {
    return progress;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof StreamEnd other
        && status.equals(other.status)
        && trailers.equals(other.trailers)
        && progress == other.progress;
  }

  @Override
  public int hashCode() {
    return Objects.hash(status, trailers, progress);
  }

  @Override
  public String toString() {
    return "StreamEnd[status=%s, trailers=%s, progress=%s]".formatted(status, trailers, progress);
  }
}
