package grpc.spi.failure;

import org.jspecify.annotations.Nullable;

/** What an exception says, for messages to people. Exceptions of others need not say anything. */
public final class Reason {
  /** Causes of causes are followed so far; a cycle of them ends. */
  private static final int DEEPEST = 10;

  private Reason() {}

  /**
   * {@return the exception's message; of one without a message its class, and the reason of its
   * cause} Never empty, and never {@code null} as text.
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
      return null; // an exception of a plugin's that makes its message when it is asked
    }
  }

  /** Without the package; a class without a simple name is known by its whole one. */
  private static String name(Class<?> type) {
    return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
  }
}
