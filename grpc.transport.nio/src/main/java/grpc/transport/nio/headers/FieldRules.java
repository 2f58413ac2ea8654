package grpc.transport.nio.headers;

import grpc.spi.failure.Excerpt;
import grpc.spi.transport.MetadataFields;

/**
 * Checks the fields of a request's or response's header block against RFC 9113, as they come. Owned
 * by a connection's reader.
 */
final class FieldRules {
  /** The result of {@link #contentLength()} for a block without content-length. */
  static final long NO_LENGTH = -1;

  private boolean pseudoSeen;
  private boolean regularSeen;
  private String malformed = "";
  private long contentLength = NO_LENGTH;

  /** Forgets the previous block. */
  void reset() {
    pseudoSeen = false;
    regularSeen = false;
    malformed = "";
    contentLength = NO_LENGTH;
  }

  /** A value came that a field must not have. */
  void malformedValue(String name) {
    malformed =
        "the value of "
            + (isName(name) ? Excerpt.of(name) : "a field")
            + " begins or ends with white space, or holds NUL, CR or LF"; // RFC 9113 §8.2.1
  }

  /** {@code content-length} came (RFC 9110 §8.6). */
  void contentLength(String value) {
    long length = ContentLength.parse(value);
    if (length == NO_LENGTH || contentLength != NO_LENGTH && contentLength != length) {
      malformed = "content-length \"" + Excerpt.of(value) + "\" (expected: one number of bytes)";
    }
    contentLength = length;
  }

  /** {@return the announced bytes of DATA, or {@link #NO_LENGTH}} */
  long contentLength() {
    return contentLength;
  }

  /**
   * A pseudo-field came.
   *
   * @param before its value from an earlier field of the block, or empty
   * @return its value
   */
  String pseudo(String name, String before, String value) {
    pseudoSeen = true;
    if (regularSeen) {
      malformed = name + " after a regular field"; // RFC 9113 §8.3
    } else if (!before.isEmpty()) {
      malformed = name + " twice";
    } else if (value.isEmpty()) {
      malformed = name + " is empty";
    }
    return value;
  }

  /** A regular field came. */
  void regular() {
    regularSeen = true;
  }

  /** {@return whether a field is metadata} Do not ask for the fields that gRPC reserves. */
  boolean isMetadata(String name) {
    if (!isName(name)) {
      malformed = "field name \"" + Excerpt.of(name) + "\"";
      return false;
    }
    return !MetadataFields.isReserved(name);
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == ':' || c >= 'A' && c <= 'Z') { // RFC 9113 §8.2.1
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** A connection-specific field of HTTP/1.1 came. */
  void connectionSpecific(String name) {
    malformed = "connection-specific field " + name; // RFC 9113 §8.2.2
  }

  /** A field is malformed. */
  void broken(String reason) {
    malformed = reason;
  }

  /** {@return the violation of HTTP/2 in the block, or empty} */
  String malformed() {
    return malformed;
  }

  /** {@return the violation if the block is trailers, or empty} */
  String malformedTrailers() {
    return malformed.isEmpty() && pseudoSeen ? "a pseudo-field in trailers" : malformed; // §8.1
  }
}
