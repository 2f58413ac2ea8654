package grpc.transport.nio.frame;

/** The error codes of RFC 9113 §7; the ordinal is the code on the wire. */
public enum ErrorCode {
  /** Not an error: a graceful end. */
  NO_ERROR,
  /** The peer broke a rule that has no code of its own. */
  PROTOCOL_ERROR,
  /** We failed. */
  INTERNAL_ERROR,
  /** The peer sent more than its window allowed. */
  FLOW_CONTROL_ERROR,
  /** SETTINGS were not acknowledged in time. */
  SETTINGS_TIMEOUT,
  /** A frame came for a half-closed stream. */
  STREAM_CLOSED,
  /** A frame had a wrong length. */
  FRAME_SIZE_ERROR,
  /** The stream was refused before any processing; it is safe to try again. */
  REFUSED_STREAM,
  /** The stream is no longer wanted. */
  CANCEL,
  /** The field compression state is lost. */
  COMPRESSION_ERROR,
  /** A CONNECT tunnel failed. */
  CONNECT_ERROR,
  /** The peer causes too much load. */
  ENHANCE_YOUR_CALM,
  /** TLS is not good enough. */
  INADEQUATE_SECURITY,
  /** HTTP/1.1 is demanded. */
  HTTP_1_1_REQUIRED;

  private static final ErrorCode[] CODES = values();

  /** The code on the wire. */
  public int code() {
    return ordinal();
  }

  /** The error of a wire code; an unknown one counts as {@link #INTERNAL_ERROR} (RFC 9113 §7). */
  public static ErrorCode of(int code) {
    return code >= 0 && code < CODES.length ? CODES[code] : INTERNAL_ERROR;
  }

  /** The name of a wire code for messages; an unknown one is {@code 0x1f}. */
  public static String describe(int code) {
    return code >= 0 && code < CODES.length ? CODES[code].name() : "0x" + Integer.toHexString(code);
  }
}
