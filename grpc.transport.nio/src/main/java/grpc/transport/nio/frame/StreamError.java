package grpc.transport.nio.frame;

/**
 * The peer broke a rule in a way that ends one stream (RFC 9113 §5.4.2): RST_STREAM with this code;
 * the connection lives. Made without a stack trace, so that a hostile peer cannot make us pay for
 * it.
 */
public final class StreamError extends Exception {
  private static final long serialVersionUID = 1;

  private final int streamId;
  private final ErrorCode code;

  /**
   * An error of one stream with the code for RST_STREAM and a message that names the broken rule.
   */
  public StreamError(int streamId, ErrorCode code, String message) {
    super(message, null, false, false);
    this.streamId = streamId;
    this.code = code;
  }

  /** The stream to reset. */
  public int streamId() {
    return streamId;
  }

  /** The code that RST_STREAM carries. */
  public ErrorCode code() {
    return code;
  }

  @Override
  public String toString() {
    return "stream error " + code + " on stream " + streamId + ": " + getMessage();
  }
}
