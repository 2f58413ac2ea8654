package grpc.transport.nio.headers;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.failure.Excerpt;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.transport.nio.hpack.HeaderSink;

/** Reads the header blocks of responses, one at a time. Owned by a connection's reader. */
public final class ResponseReader implements HeaderSink {
  private static final int NONE = -1;
  private static final int MAX_DIGITS = 3;

  private final FieldRules rules = new FieldRules();
  private final MetadataReader metadata = new MetadataReader();
  private String statusField = "";
  private int httpStatus = NONE;
  private String contentType = "";
  private String encoding = RequestHeaders.IDENTITY;
  private String acceptEncoding = "";
  private String grpcStatus = "";
  private String message = "";
  private String details = "";

  /** Forgets the previous block. */
  public void reset() {
    rules.reset();
    metadata.reset();
    statusField = "";
    httpStatus = NONE;
    contentType = "";
    encoding = RequestHeaders.IDENTITY;
    acceptEncoding = "";
    grpcStatus = "";
    message = "";
    details = "";
  }

  @Override
  public void malformedValue(String name) {
    rules.malformedValue(name);
  }

  @Override
  public void header(String name, String value, boolean neverIndexed) {
    if (name.equals(":status")) {
      statusField = rules.pseudo(name, statusField, value);
      httpStatus = number(value);
      return;
    }
    rules.regular();
    switch (name) {
      case "content-type" -> contentType = value;
      case "content-length" -> rules.contentLength(value);
      case "grpc-encoding" -> encoding = value;
      case "grpc-accept-encoding" -> acceptEncoding = value;
      case "grpc-status" -> grpcStatus = value;
      case "grpc-message" -> message = value;
      case "grpc-status-details-bin" -> details = value;
      case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" ->
          rules.connectionSpecific(name);
      default -> {
        if (rules.isMetadata(name)) {
          metadata.add(name, value);
        }
      }
    }
  }

  /** {@return the number of at most three digits, 0 if it is malformed} */
  private static int number(String value) {
    return isNumber(value) ? Integer.parseInt(value) : 0;
  }

  private static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return !value.isEmpty() && value.length() <= MAX_DIGITS;
  }

  /** {@return the violation in the block if it is the first of a response, or empty} */
  public String malformedHead() {
    return rules.malformed().isEmpty() && httpStatus == NONE
        ? ":status is missing" // RFC 9113 §8.3.2
        : rules.malformed();
  }

  /** {@return the violation in the block if it is trailers, or empty} */
  public String malformedTrailers() {
    return rules.malformedTrailers();
  }

  /** {@return whether this is a 1xx response, which is skipped} */
  public boolean isInformational() {
    return httpStatus >= 100 && httpStatus < 200;
  }

  /** {@return whether the headers are those of a gRPC server} */
  public boolean isGrpc() {
    return httpStatus == 200 && contentType.startsWith("application/grpc");
  }

  /** {@return the announced bytes of the response's DATA, or -1} */
  public long contentLength() {
    return rules.contentLength();
  }

  /** {@return the block as response headers} */
  public ResponseHeaders headers() {
    return ResponseHeaders.of(
        RequestReader.subtype(contentType), encoding, acceptEncoding, custom());
  }

  /** {@return the custom fields; none at all if a {@code -bin} value is not base64} */
  public Metadata custom() {
    return metadata.build();
  }

  /**
   * {@return the status of a call with a header list larger than our limit} A failure that was read
   * before the limit keeps its code.
   */
  public Status overLimit(int limit) {
    String size = "the response's header list is larger than the limit of " + limit + " bytes";
    Status read = grpcStatus.isEmpty() ? Status.OK : status();
    return read.isOk()
        ? Status.resourceExhausted(size)
        : Status.of(read.code(), read.message() + " [cut: " + size + "]");
  }

  /** {@return the block's status, or the one mapped from the HTTP status} */
  public Status status() {
    if (grpcStatus.isEmpty()) {
      return httpStatus == NONE || isGrpc()
          ? Status.unknown("the server ended the call without grpc-status")
          : Status.of(
              StatusMapping.ofHttp(httpStatus),
              "HTTP status "
                  + httpStatus
                  + ", content-type \""
                  + Excerpt.of(contentType)
                  + "\" (expected: 200, application/grpc); is this a gRPC server?");
    }
    StatusCode code =
        isNumber(grpcStatus)
            ? StatusCode.of(number(grpcStatus)).orElse(StatusCode.UNKNOWN)
            : StatusCode.UNKNOWN;
    String text = StatusMessages.decode(message);
    Status status = Status.of(code, text);
    return details.isEmpty() ? status : status.withDetails(BinaryMetadata.decodeOrNothing(details));
  }
}
