package grpc.transport.nio.headers;

/** The value of {@code content-length}: digits (RFC 9110 §8.6). */
final class ContentLength {
  private static final int MAX_DIGITS = 18; // fits a long

  private ContentLength() {}

  /** {@return the number, or {@link FieldRules#NO_LENGTH} if it is none} */
  static long parse(String value) {
    if (value.isEmpty() || value.length() > MAX_DIGITS) {
      return FieldRules.NO_LENGTH;
    }
    long number = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return FieldRules.NO_LENGTH;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
