package grpc.transport.nio.hpack;

/**
 * A field block cannot be decoded (RFC 7541). The two sides' tables are out of step from here on,
 * so the connection ends with COMPRESSION_ERROR (RFC 9113 §4.3). Made without a stack trace.
 */
public final class HpackException extends Exception {
  private static final long serialVersionUID = 1;

  /** An error with a message that names the violation. */
  public HpackException(String message) {
    super(message, null, false, false);
  }
}
