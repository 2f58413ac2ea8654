package grpc.transport.nio.headers;

import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.spi.failure.Excerpt;
import grpc.spi.transport.RequestHeaders;
import grpc.transport.nio.hpack.HeaderSink;

/** Reads the header blocks of requests, one at a time. Owned by a connection's reader. */
public final class RequestReader implements HeaderSink {
  private static final String CONTENT_TYPE = "application/grpc";

  private final FieldRules rules = new FieldRules();
  private final MetadataReader metadata = new MetadataReader();
  private String method = "";
  private String scheme = "";
  private String path = "";
  private String authority = "";
  private String host = "";
  private int hosts;
  private String contentType = "";
  private String timeout = "";
  private long timeoutNanos = RequestHeaders.NO_TIMEOUT;
  private String encoding = RequestHeaders.IDENTITY;
  private String acceptEncoding = "";

  /** Forgets the previous block. */
  public void reset() {
    rules.reset();
    metadata.reset();
    method = "";
    scheme = "";
    path = "";
    authority = "";
    host = "";
    hosts = 0;
    contentType = "";
    timeout = "";
    timeoutNanos = RequestHeaders.NO_TIMEOUT;
    encoding = RequestHeaders.IDENTITY;
    acceptEncoding = "";
  }

  @Override
  public void malformedValue(String name) {
    rules.malformedValue(name);
  }

  @Override
  public void header(String name, String value, boolean neverIndexed) {
    switch (name) {
      case ":method" -> method = rules.pseudo(name, method, value);
      case ":scheme" -> scheme = rules.pseudo(name, scheme, value);
      case ":path" -> path = rules.pseudo(name, path, value);
      case ":authority" -> authority = rules.pseudo(name, authority, value);
      default -> regular(name, value);
    }
  }

  private void regular(String name, String value) {
    rules.regular();
    switch (name) {
      case "te" -> {
        if (!value.equals("trailers")) {
          rules.broken("te: " + Excerpt.of(value) + " (expected: trailers)"); // RFC 9113 §8.2.2
        }
      }
      case "content-type" -> contentType = value;
      case "content-length" -> rules.contentLength(value);
      case "grpc-timeout" -> {
        if (timeoutNanos != Timeouts.MALFORMED) { // an empty one counts, too: absent means none
          timeout = value;
          timeoutNanos = Timeouts.decode(value);
        }
      }
      case "grpc-encoding" -> encoding = value;
      case "grpc-accept-encoding" ->
          acceptEncoding = acceptEncoding.isEmpty() ? value : acceptEncoding + "," + value;
      case "host" -> {
        host = value;
        hosts++;
      }
      case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" ->
          rules.connectionSpecific(name);
      case "user-agent" -> metadata.add(name, value);
      default -> {
        if (rules.isMetadata(name)) {
          metadata.add(name, value);
        }
      }
    }
  }

  /** {@return the violation in the block if it is trailers, or empty} */
  public String malformedTrailers() {
    return rules.malformedTrailers();
  }

  /** {@return the result of reading the block} */
  public ParsedRequest finish() {
    String malformed = rules.malformed();
    if (malformed.isEmpty() && isConnect()) {
      return new ParsedRequest.Foreign(405, false);
    }
    if (malformed.isEmpty() && (method.isEmpty() || scheme.isEmpty() || path.isEmpty())) {
      malformed = "a pseudo-field is missing (expected: :method, :scheme, :path)";
    }
    if (!malformed.isEmpty()) {
      return new ParsedRequest.Malformed(malformed);
    }
    if (!method.equals("POST")) {
      return new ParsedRequest.Foreign(405, method.equals("HEAD"));
    }
    if (!isGrpc(contentType)) {
      return new ParsedRequest.Foreign(415, false);
    }
    if (hosts > 1) {
      return new ParsedRequest.Declined(
          400, Status.internal("several host fields (expected: one)"));
    }
    if (!MethodDescriptor.isPath(path)) {
      return new ParsedRequest.Declined(
          200,
          Status.unimplemented(
              "path \"" + Excerpt.of(path) + "\" (expected: /package.Service/Method)"));
    }
    return accept();
  }

  /** {@return whether it is CONNECT, which has only an authority (RFC 9113 §8.5)} */
  private boolean isConnect() {
    return method.equals("CONNECT") && scheme.isEmpty() && path.isEmpty() && !authority.isEmpty();
  }

  private ParsedRequest accept() {
    if (timeoutNanos == Timeouts.MALFORMED) {
      return new ParsedRequest.Declined(
          400,
          Status.internal(
              "grpc-timeout \""
                  + Excerpt.of(timeout)
                  + "\" (expected: 1 to 8 digits and one of H M S m u n)"));
    }
    Metadata custom = metadata.build();
    if (!metadata.malformed().isEmpty()) {
      return new ParsedRequest.Declined(
          400,
          Status.internal("metadata \"" + Excerpt.of(metadata.malformed()) + "\" is not base64"));
    }
    var headers =
        RequestHeaders.of(
            path,
            authority.isEmpty() ? host : authority,
            timeoutNanos,
            subtype(contentType),
            encoding,
            acceptEncoding,
            custom);
    return new ParsedRequest.Accepted(headers);
  }

  /** {@return the announced bytes of the request's DATA, or -1} */
  public long contentLength() {
    return rules.contentLength();
  }

  /**
   * {@return the bytes of memory of the headers that {@link #finish} has accepted, without parts
   * that other requests share}
   */
  public int size() {
    return metadata.taken()
        + (authority.isEmpty() ? host : authority).length()
        + acceptEncoding.length()
        + encoding.length();
  }

  private static boolean isGrpc(String contentType) {
    return contentType.startsWith(CONTENT_TYPE)
        && (contentType.length() == CONTENT_TYPE.length()
            || contentType.charAt(CONTENT_TYPE.length()) == '+'
            || contentType.charAt(CONTENT_TYPE.length()) == ';');
  }

  static String subtype(String contentType) {
    int plus = CONTENT_TYPE.length();
    if (contentType.length() <= plus || contentType.charAt(plus) != '+') {
      return "";
    }
    int end = contentType.indexOf(';');
    return contentType.substring(plus + 1, end < 0 ? contentType.length() : end);
  }
}
