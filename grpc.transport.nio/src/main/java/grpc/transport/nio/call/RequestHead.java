package grpc.transport.nio.call;

import grpc.api.Status;
import grpc.spi.transport.RequestHeaders;

/** What a server makes of a request's header block. */
public sealed interface RequestHead {
  /**
   * A gRPC request.
   *
   * @param headers its headers
   * @param contentLength bytes that its DATA will have, or -1
   * @param size bytes of memory that its headers take and do not share with other requests'
   */
  record Accepted(RequestHeaders headers, long contentLength, int size) implements RequestHead {}

  /**
   * Well-formed HTTP/2 and no gRPC, such as a browser's request; answered in HTTP's words.
   *
   * @param httpStatus the HTTP status to answer with
   * @param isHead whether the answer must have no body
   * @param contentLength bytes that its DATA will have, or -1
   */
  record Foreign(int httpStatus, boolean isHead, long contentLength) implements RequestHead {}

  /**
   * gRPC and yet no call; answered, and the connection lives.
   *
   * @param httpStatus the HTTP status to answer with
   * @param status the gRPC status to answer with
   */
  record Declined(int httpStatus, Status status) implements RequestHead {}

  /**
   * Malformed HTTP/2: a stream error (RFC 9113 §8.1.1).
   *
   * @param reason what was wrong
   */
  record Malformed(String reason) implements RequestHead {}
}
