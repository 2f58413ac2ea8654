package grpc.spi.config;

/**
 * A field of a configuration has a bad value. {@link JsonObject} makes it. Its message has one form
 * everywhere: the field's path, the value found, and the value expected, as in {@code
 * methodConfig[0].timeout: "1" (expected: seconds such as "1.5s", 0s or more)}.
 */
public final class InvalidField extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  InvalidField(String path, String found, String expected) {
    super("%s: %s (expected: %s)".formatted(path, found, expected));
  }
}
