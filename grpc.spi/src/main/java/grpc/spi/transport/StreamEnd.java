package grpc.spi.transport;

import grpc.api.Metadata;
import grpc.api.Status;

/**
 * How a stream ended, from whichever side or layer.
 *
 * @param status the call's status; of trailers, or made of what ended the stream (wire-level
 *     errors, lost connection, cancellation)
 * @param trailers what came with it, without the fields that gRPC reserves
 * @param progress how far the request got, which decides on transparent retry (A6)
 */
public record StreamEnd(Status status, Metadata trailers, Progress progress) {
  /** How far a request got. */
  public enum Progress {
    /** Nothing of it left this process. */
    NOT_SENT,
    /** The server says that it did not process it: REFUSED_STREAM, or beyond GOAWAY's last id. */
    UNPROCESSED,
    /** The server may have processed it. */
    PROCESSED
  }

  /** An end with no trailers of a request that may have been processed. */
  public StreamEnd(Status status) {
    this(status, Metadata.EMPTY, Progress.PROCESSED);
  }
}
