package grpc.spi.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON values as text, for messages to people. */
final class JsonText {
  /** A number with more digits than this before or after the point is written with an exponent. */
  private static final int MOST_DIGITS = 20;

  private JsonText() {}

  static String of(Object value) {
    return switch (value) {
      case String text -> quoted(text);
      case BigDecimal number -> number(number);
      case List<?> list ->
          list.stream().map(JsonText::of).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> object ->
          object.entrySet().stream()
              .map(field -> quoted(field.getKey().toString()) + ": " + of(field.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> value.toString();
    };
  }

  private static String number(BigDecimal number) {
    boolean plain = Math.abs((long) number.scale()) + number.precision() <= MOST_DIGITS;
    return plain ? number.toPlainString() : number.toString();
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
