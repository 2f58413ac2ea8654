package grpc.transport.nio.headers;

import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.transport.nio.frame.ErrorCode;

/** Statuses of calls that ended without a {@code grpc-status}. */
public final class StatusMapping {
  private StatusMapping() {}

  /** {@return the code for an HTTP status (http-grpc-status-mapping)} */
  public static StatusCode ofHttp(int status) {
    return switch (status) {
      case 400, 431 -> StatusCode.INTERNAL;
      case 401 -> StatusCode.UNAUTHENTICATED;
      case 403 -> StatusCode.PERMISSION_DENIED;
      case 404 -> StatusCode.UNIMPLEMENTED;
      case 429, 502, 503, 504 -> StatusCode.UNAVAILABLE;
      default -> StatusCode.UNKNOWN;
    };
  }

  /** {@return the status for RST_STREAM (PROTOCOL-HTTP2, Errors)} */
  public static Status ofReset(int code) {
    StatusCode status =
        switch (ErrorCode.of(code)) {
          case REFUSED_STREAM -> StatusCode.UNAVAILABLE;
          case CANCEL -> StatusCode.CANCELLED;
          case ENHANCE_YOUR_CALM -> StatusCode.RESOURCE_EXHAUSTED;
          case INADEQUATE_SECURITY -> StatusCode.PERMISSION_DENIED;
          case NO_ERROR,
              PROTOCOL_ERROR,
              INTERNAL_ERROR,
              FLOW_CONTROL_ERROR,
              SETTINGS_TIMEOUT,
              STREAM_CLOSED,
              FRAME_SIZE_ERROR,
              COMPRESSION_ERROR,
              CONNECT_ERROR,
              HTTP_1_1_REQUIRED ->
              StatusCode.INTERNAL;
        };
    return Status.of(status, "the peer reset the stream: " + ErrorCode.describe(code));
  }
}
