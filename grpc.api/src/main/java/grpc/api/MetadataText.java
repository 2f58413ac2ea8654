package grpc.api;

/** Checks texts for use as metadata values: printable ASCII with no white space at either end. */
final class MetadataText {
  private static final char FIRST = 0x20;
  private static final char LAST = 0x7E;

  private MetadataText() {}

  /**
   * {@return the text without spaces and tabs at its ends} With them, a message is malformed (RFC
   * 9113 §8.2.1); PROTOCOL-HTTP2 lets each hop drop them.
   *
   * @throws IllegalArgumentException when a character is not printable ASCII: such a value could
   *     end its field and begin another
   */
  static String checked(MetadataKey<?> key, String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < FIRST || c > LAST) {
        throw new IllegalArgumentException(
            "metadata \"%s\": character U+%04X at index %d (expected: printable ASCII; use a -bin key for bytes)"
                .formatted(key, (int) c, i));
      }
    }
    return start == 0 && end == text.length() ? text : text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
