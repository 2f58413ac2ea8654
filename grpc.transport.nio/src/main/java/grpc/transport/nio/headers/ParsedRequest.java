package grpc.transport.nio.headers;

import grpc.api.Status;
import grpc.spi.transport.RequestHeaders;

/** The result of reading a request's header block on a server. */
public sealed interface ParsedRequest {
  /**
   * A gRPC request.
   *
   * @param headers its headers
   */
  record Accepted(RequestHeaders headers) implements ParsedRequest {}

  /**
   * Well-formed HTTP/2 that is not gRPC, such as a browser's request; the answer is plain HTTP.
   *
   * @param httpStatus the HTTP status to answer with
   * @param isHead whether the answer must have no body
   */
  record Foreign(int httpStatus, boolean isHead) implements ParsedRequest {}

  /**
   * A gRPC request that cannot become a call. It is answered, and the connection lives.
   *
   * @param httpStatus the HTTP status to answer with
   * @param status the gRPC status to answer with
   */
  record Declined(int httpStatus, Status status) implements ParsedRequest {}

  /**
   * Malformed HTTP/2: a stream error (RFC 9113 §8.1.1).
   *
   * @param reason the violation
   */
  record Malformed(String reason) implements ParsedRequest {}
}
