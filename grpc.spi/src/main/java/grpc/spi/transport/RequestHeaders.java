package grpc.spi.transport;

import grpc.api.Metadata;
import java.util.Objects;

/**
 * The head of a request, without its messages. The kernel makes it for a client's transport, and a
 * server's transport makes it for the kernel. Immutable.
 */
public final class RequestHeaders {
  /** The timeout of a call without one. */
  public static final long NO_TIMEOUT = Long.MAX_VALUE;

  /** The encoding of messages that are not compressed. */
  public static final String IDENTITY = "identity";

  private final String path;
  private final String authority;
  private final long timeoutNanos;
  private final String contentSubtype;
  private final String encoding;
  private final String acceptEncoding;
  private final Metadata metadata;

  private RequestHeaders(
      String path,
      String authority,
      long timeoutNanos,
      String contentSubtype,
      String encoding,
      String acceptEncoding,
      Metadata metadata) {
    this.path = path;
    this.authority = authority;
    this.timeoutNanos = timeoutNanos;
    this.contentSubtype = contentSubtype;
    this.encoding = encoding;
    this.acceptEncoding = acceptEncoding;
    this.metadata = metadata;
  }

  /**
   * {@return the headers of a request with no timeout, content-subtype, encoding or metadata} Add
   * the rest with the {@code with…} methods.
   *
   * @param path {@code /package.Service/Method}
   * @param authority the {@code :authority}
   */
  public static RequestHeaders of(String path, String authority) {
    return new RequestHeaders(path, authority, NO_TIMEOUT, "", IDENTITY, "", Metadata.EMPTY);
  }

  /**
   * {@return the headers of a request} For the hot path: one object per call, no copies. The
   * accessors describe the parameters.
   */
  public static RequestHeaders of(
      String path,
      String authority,
      long timeoutNanos,
      String contentSubtype,
      String encoding,
      String acceptEncoding,
      Metadata metadata) {
    return new RequestHeaders(
        path, authority, timeoutNanos, contentSubtype, encoding, acceptEncoding, metadata);
  }

  /** {@return these headers with this {@code grpc-timeout} in nanoseconds} */
  public RequestHeaders withTimeoutNanos(long timeoutNanos) {
    return of(path, authority, timeoutNanos, contentSubtype, encoding, acceptEncoding, metadata);
  }

  /** {@return these headers with this content-subtype} */
  public RequestHeaders withContentSubtype(String contentSubtype) {
    return of(path, authority, timeoutNanos, contentSubtype, encoding, acceptEncoding, metadata);
  }

  /** {@return these headers with this {@code grpc-encoding}} */
  public RequestHeaders withEncoding(String encoding) {
    return of(path, authority, timeoutNanos, contentSubtype, encoding, acceptEncoding, metadata);
  }

  /** {@return these headers with this {@code grpc-accept-encoding}, comma separated} */
  public RequestHeaders withAcceptEncoding(String acceptEncoding) {
    return of(path, authority, timeoutNanos, contentSubtype, encoding, acceptEncoding, metadata);
  }

  /** {@return these headers with this metadata in place of theirs} */
  public RequestHeaders withMetadata(Metadata metadata) {
    return of(path, authority, timeoutNanos, contentSubtype, encoding, acceptEncoding, metadata);
  }

  /** {@return {@code /package.Service/Method}} */
  public String path() {
    return path;
  }

  /** {@return the {@code :authority}} */
  public String authority() {
    return authority;
  }

  /** {@return the {@code grpc-timeout} in nanoseconds; {@link #NO_TIMEOUT} if there is none} */
  public long timeoutNanos() {
    return timeoutNanos;
  }

  /**
   * {@return the content-subtype, {@code proto} of {@code application/grpc+proto}; empty if there
   * is none}
   */
  public String contentSubtype() {
    return contentSubtype;
  }

  /** {@return the {@code grpc-encoding}; {@link #IDENTITY} if there is none} */
  public String encoding() {
    return encoding;
  }

  /**
   * {@return the {@code grpc-accept-encoding} as it was sent, comma separated; empty if there is
   * none}
   */
  public String acceptEncoding() {
    return acceptEncoding;
  }

  /** {@return the metadata, without the fields that gRPC reserves} */
  public Metadata metadata() {
    return metadata;
  }

  /**
   * {@return whether responses may come in this encoding} A client without {@code
   * grpc-accept-encoding} accepts the encoding of its own messages.
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

  @Override
  public boolean equals(Object o) {
    return o instanceof RequestHeaders other
        && path.equals(other.path)
        && authority.equals(other.authority)
        && timeoutNanos == other.timeoutNanos
        && contentSubtype.equals(other.contentSubtype)
        && encoding.equals(other.encoding)
        && acceptEncoding.equals(other.acceptEncoding)
        && metadata.equals(other.metadata);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        path, authority, timeoutNanos, contentSubtype, encoding, acceptEncoding, metadata);
  }

  @Override
  public String toString() {
    return "RequestHeaders[path=%s, authority=%s, timeoutNanos=%d, contentSubtype=%s, encoding=%s, acceptEncoding=%s, metadata=%s]"
        .formatted(
            path, authority, timeoutNanos, contentSubtype, encoding, acceptEncoding, metadata);
  }
}
