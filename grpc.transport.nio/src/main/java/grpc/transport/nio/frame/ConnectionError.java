package grpc.transport.nio.frame;

/**
 * The peer broke a rule in a way that ends the connection (RFC 9113 §5.4.1): GOAWAY with this code
 * and message, then close. Made without a stack trace, so that a hostile peer cannot make us pay
 * for it.
 */
public final class ConnectionError extends Exception {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  /** An error with the code for GOAWAY and a message that names the broken rule. */
  public ConnectionError(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** The code that GOAWAY carries. */
  public ErrorCode code() {
    return code;
  }

  @Override
  public String toString() {
    return "connection error " + code + ": " + getMessage();
  }
}
