package grpc.transport.nio.headers;

import java.nio.charset.StandardCharsets;

/** The {@code grpc-message} field: percent-encoded UTF-8 (PROTOCOL-HTTP2, Status-Message). */
public final class StatusMessages {
  private static final String HEX = "0123456789ABCDEF";

  private StatusMessages() {}

  /**
   * {@return the message with everything but printable ASCII, and {@code %}, as %XX} White space at
   * its ends is encoded, too: a field value must not have it there (RFC 9113 §8.2.1).
   */
  public static String encode(String message) {
    if (isPlain(message)) {
      return message;
    }
    var encoded = new StringBuilder(message.length() + 16);
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      boolean end = i == 0 || i == bytes.length - 1;
      if (b >= (end ? 0x21 : 0x20) && b <= 0x7E && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(String message) {
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (c < 0x20 || c > 0x7E || c == '%') {
        return false;
      }
    }
    return !message.startsWith(" ") && !message.endsWith(" ");
  }

  /** {@return the longest beginning of the message that fits this many encoded bytes} */
  static String cut(String message, int most) {
    int left = most;
    int end = 0;
    while (end < message.length()) {
      int next = message.offsetByCodePoints(end, 1);
      left -= encode(message.substring(end, next)).length();
      if (left < 0) {
        break;
      }
      end = next;
    }
    return message.substring(0, end);
  }

  /** {@return the message} Never fails: invalid percent-encoding stays as it is. */
  public static String decode(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    byte[] bytes = new byte[value.length()];
    int length = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int code = c == '%' && i + 2 <= value.length() - 1 ? hex(value, i + 1) : -1;
      if (code >= 0) {
        bytes[length++] = (byte) code;
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static int hex(String value, int at) {
    int high = Character.digit(value.charAt(at), 16);
    int low = Character.digit(value.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
