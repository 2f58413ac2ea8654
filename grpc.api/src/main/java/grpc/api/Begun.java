package grpc.api;

/** Cancels a call that fails to begin: its caller does not hold it yet, and so cannot close it. */
final class Begun {
  private Begun() {}

  /**
   * {@return the call, once it has begun} If {@code begin} throws, the call is cancelled and its
   * caller gets the exception.
   */
  static <C extends ClientCall<?, ?>> C of(C call, Runnable begin) {
    try {
      begin.run();
      return call;
    } catch (Throwable e) {
      cancel(call, e);
      throw e;
    }
  }

  /**
   * Cancels the call because of {@code thrown}. The caller gets {@code thrown} even if the
   * cancelling fails.
   */
  static void cancel(ClientCall<?, ?> call, Throwable thrown) {
    try {
      call.cancel("an exception on the client's side ended the call");
    } catch (Throwable again) { // an interceptor's, for example
      if (!again.equals(thrown)) { // an exception cannot suppress itself
        thrown.addSuppressed(again);
      }
    }
  }
}
