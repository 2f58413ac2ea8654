package grpc.spi.transport;

import grpc.api.Metadata;

/**
 * What a request says before its messages.
 *
 * @param path {@code /package.Service/Method}
 * @param authority the {@code :authority}
 * @param timeoutNanos the {@code grpc-timeout}; {@link #NO_TIMEOUT} where there is none
 * @param contentSubtype {@code proto} in {@code application/grpc+proto}; empty where there is none
 * @param encoding the {@code grpc-encoding}; {@link #IDENTITY} where there is none
 * @param acceptEncoding the {@code grpc-accept-encoding} as sent, comma separated; empty where
 *     there is none
 * @param metadata all that gRPC does not reserve
 */
public record RequestHeaders(
    String path,
    String authority,
    long timeoutNanos,
    String contentSubtype,
    String encoding,
    String acceptEncoding,
    Metadata metadata) {
  /** The timeout of a call without one. */
  public static final long NO_TIMEOUT = Long.MAX_VALUE;

  /** The encoding of messages that are not compressed. */
  public static final String IDENTITY = "identity";

  /**
   * {@return whether responses may come in this encoding} A client that says nothing of it takes
   * what it sends itself.
   */
  public boolean accepts(String wanted) {
    if (wanted.equals(IDENTITY)) {
      return true;
    }
    if (acceptEncoding.isEmpty()) {
      return wanted.equals(encoding);
    }
    for (String accepted : acceptEncoding.split(",", -1)) {
      if (accepted.strip().equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
