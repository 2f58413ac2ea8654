package grpc.transport.nio.call;

/**
 * What RFC 9113 demands of the fields of a header block, a request's or a response's, kept while
 * they come. Owned by a connection's reader.
 */
final class FieldRules {
  private boolean pseudoSeen;
  private boolean regularSeen;
  private String malformed = "";

  /** Forgets the block before. */
  void reset() {
    pseudoSeen = false;
    regularSeen = false;
    malformed = "";
  }

  /**
   * A pseudo-field came.
   *
   * @param before its value if it came before, else empty
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

  /** {@return whether a field is metadata} Those that gRPC knows are not to be asked for. */
  boolean isMetadata(String name) {
    if (!isName(name)) {
      malformed = "field name \"" + name + "\"";
      return false;
    }
    return !Fields.isReserved(name);
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

  /** A field came that is about a connection, as HTTP/1.1 has them. */
  void connectionSpecific(String name) {
    malformed = "connection-specific field " + name; // RFC 9113 §8.2.2
  }

  /** A field is not as it must be. */
  void broken(String reason) {
    malformed = reason;
  }

  /** {@return what was malformed about the block as HTTP/2, or empty} */
  String malformed() {
    return malformed;
  }

  /** {@return what was malformed about the block if it is trailers, or empty} */
  String malformedTrailers() {
    return malformed.isEmpty() && pseudoSeen ? "a pseudo-field in trailers" : malformed; // §8.1
  }
}
