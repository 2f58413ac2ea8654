package grpc.api;

import java.util.Objects;

/**
 * Checks the texts of header fields. A character other than visible ASCII would end the connection,
 * or let an attacker who chooses the text add fields (RFC 9113 §8.2.1, §8.3.1).
 */
final class WireText {
  private static final char FIRST_VISIBLE = '!';
  private static final char LAST_VISIBLE = '~';

  private WireText() {}

  /**
   * {@return the text}
   *
   * @param what the name of the text, for the message
   * @param excluded visible characters that have a meaning of their own there
   * @param expected the expected form
   * @throws IllegalArgumentException when it is empty or has an excluded character
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

  /** The message escapes the character, so that it cannot forge a line of a log. */
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
