package grpc.spi.failure;

import org.jspecify.annotations.Nullable;

/** The reason in an exception, for messages to people. A plugin's exception may have no message. */
public final class Reason {
  /** The most causes to follow, so that a cycle ends. */
  private static final int DEEPEST = 10;

  private Reason() {}

  /**
   * {@return the exception's message; if it has none, its class and the reason of its cause} Never
   * empty, and never {@code null} as text.
   */
  public static String of(Throwable thrown) {
    return of(thrown, DEEPEST);
  }

  private static String of(Throwable thrown, int depth) {
    var message = message(thrown);
    if (message != null && !message.isBlank() && !message.equals("null")) {
      return message;
    }
    String name = name(thrown.getClass());
    var cause = thrown.getCause();
    return cause == null || depth == 0 ? name : name + ": " + of(cause, depth - 1);
  }

  private static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (RuntimeException e) {
      return null; // a plugin's exception may throw when it makes its message
    }
  }

  /** {@return the class's name without the package; the whole name if it has no simple name} */
  private static String name(Class<?> type) {
    return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
  }
}
