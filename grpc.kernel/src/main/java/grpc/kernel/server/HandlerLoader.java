package grpc.kernel.server;

import org.jspecify.annotations.Nullable;

/**
 * The context class loader of handlers: that of the thread which built the server. Their own
 * threads inherit none, since who happens to start one says nothing of the application.
 */
final class HandlerLoader {
  private HandlerLoader() {}

  /** Gives the current thread this loader. {@return the one that it had} */
  @SuppressWarnings("ReferenceEquality") // a loader is itself alone
  static @Nullable ClassLoader enter(@Nullable ClassLoader loader) {
    var thread = Thread.currentThread();
    @Nullable ClassLoader before = thread.getContextClassLoader();
    if (before != loader) {
      thread.setContextClassLoader(loader);
    }
    return before;
  }

  /**
   * Gives the current thread its loader back.
   *
   * @param own whether the thread was the handler's alone, and ends with it
   */
  static void leave(@Nullable ClassLoader before, boolean own) {
    if (!own) {
      enter(before);
    }
  }
}
