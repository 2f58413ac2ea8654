package grpc.api;

import java.util.Objects;

/**
 * What may stand in the header fields that calls are made of. Others than visible ASCII characters
 * would end the connection, or let who chooses the text write fields of their own (RFC 9113 §8.2.1,
 * §8.3.1).
 */
final class WireText {
  private static final char FIRST_VISIBLE = '!';
  private static final char LAST_VISIBLE = '~';

  private WireText() {}

  /**
   * {@return the text}
   *
   * @param what it is, for the message
   * @param excluded visible characters that have a meaning of their own there
   * @param expected what it should look like
   * @throws IllegalArgumentException when it is empty, or another character stands in it
   */
  static String require(String what, String text, String excluded, String expected) {
    Objects.requireNonNull(text, what);
    if (text.isEmpty()) {
      throw new IllegalArgumentException("%s \"\" (expected: %s)".formatted(what, expected));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < FIRST_VISIBLE || c > LAST_VISIBLE || excluded.indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "%s \"%s\": %s at index %d is not allowed (expected: %s)"
                .formatted(what, printable(text), name(c), i, expected));
      }
    }
    return text;
  }

  /** A log that shows the message must not be written into, either. */
  private static String printable(String text) {
    var printable = new StringBuilder();
    text.chars()
        .forEach(c ->
            printable.append(
                c >= ' ' && c <= LAST_VISIBLE ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
    return printable.toString();
  }

  private static String name(char c) {
    return c == ' '
        ? "a space"
        : c > ' ' && c <= LAST_VISIBLE ? "'" + c + "'" : "character U+%04X".formatted((int) c);
  }
}
