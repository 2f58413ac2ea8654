package grpc.transport.nio.headers;

import grpc.api.Status;
import grpc.spi.transport.RequestHeaders;

/** What a server makes of a request's header block. */
public sealed interface ParsedRequest {
  /**
   * A gRPC request.
   *
   * @param headers its headers
   */
  record Accepted(RequestHeaders headers) implements ParsedRequest {}

  /**
   * Well-formed HTTP/2 and no gRPC, such as a browser's request; answered in HTTP's words.
   *
   * @param httpStatus the HTTP status to answer with
   * @param isHead whether the answer must have no body
   */
  record Foreign(int httpStatus, boolean isHead) implements ParsedRequest {}

  /**
   * gRPC and yet no call; answered, and the connection lives.
   *
   * @param httpStatus the HTTP status to answer with
   * @param status the gRPC status to answer with
   */
  record Declined(int httpStatus, Status status) implements ParsedRequest {}

  /**
   * Malformed HTTP/2: a stream error (RFC 9113 §8.1.1).
   *
   * @param reason what was wrong
   */
  record Malformed(String reason) implements ParsedRequest {}
}
