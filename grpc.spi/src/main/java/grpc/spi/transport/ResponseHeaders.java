package grpc.spi.transport;

import grpc.api.Metadata;
import java.util.Objects;

/**
 * The head of a response, without its messages. The kernel makes it for a server's transport, and a
 * client's transport makes it for the kernel. Immutable.
 */
public final class ResponseHeaders {
  private final String contentSubtype;
  private final String encoding;
  private final String acceptEncoding;
  private final Metadata metadata;

  private ResponseHeaders(
      String contentSubtype, String encoding, String acceptEncoding, Metadata metadata) {
    this.contentSubtype = contentSubtype;
    this.encoding = encoding;
    this.acceptEncoding = acceptEncoding;
    this.metadata = metadata;
  }

  /**
   * {@return the headers of a response with no compression and no metadata} Add the rest with the
   * {@code with…} methods.
   *
   * @param contentSubtype the request's content-subtype; empty if it had none
   */
  public static ResponseHeaders of(String contentSubtype) {
    return new ResponseHeaders(contentSubtype, RequestHeaders.IDENTITY, "", Metadata.EMPTY);
  }

  /**
   * {@return the headers of a response} For the hot path: one object per call, no copies. The
   * accessors describe the parameters.
   */
  public static ResponseHeaders of(
      String contentSubtype, String encoding, String acceptEncoding, Metadata metadata) {
    return new ResponseHeaders(contentSubtype, encoding, acceptEncoding, metadata);
  }

  /** {@return these headers with this {@code grpc-encoding}} */
  public ResponseHeaders withEncoding(String encoding) {
    return new ResponseHeaders(contentSubtype, encoding, acceptEncoding, metadata);
  }

  /** {@return these headers with this {@code grpc-accept-encoding}, comma separated} */
  public ResponseHeaders withAcceptEncoding(String acceptEncoding) {
    return new ResponseHeaders(contentSubtype, encoding, acceptEncoding, metadata);
  }

  /** {@return these headers with this metadata in place of theirs} */
  public ResponseHeaders withMetadata(Metadata metadata) {
    return new ResponseHeaders(contentSubtype, encoding, acceptEncoding, metadata);
  }

  /** {@return the content-subtype, the same as the request's} */
  public String contentSubtype() {
    return contentSubtype;
  }

  /** {@return the {@code grpc-encoding}; {@link RequestHeaders#IDENTITY} if there is none} */
  public String encoding() {
    return encoding;
  }

  /** {@return the {@code grpc-accept-encoding}, comma separated; empty if there is none} */
  public String acceptEncoding() {
    return acceptEncoding;
  }

  /** {@return the metadata, without the fields that gRPC reserves} */
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ResponseHeaders other
        && contentSubtype.equals(other.contentSubtype)
        && encoding.equals(other.encoding)
        && acceptEncoding.equals(other.acceptEncoding)
        && metadata.equals(other.metadata);
  }

  @Override
  public int hashCode() {
    return Objects.hash(contentSubtype, encoding, acceptEncoding, metadata);
  }

  @Override
  public String toString() {
    return "ResponseHeaders[contentSubtype=%s, encoding=%s, acceptEncoding=%s, metadata=%s]"
        .formatted(contentSubtype, encoding, acceptEncoding, metadata);
  }
}
