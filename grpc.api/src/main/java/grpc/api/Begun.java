package grpc.api;

/**
 * Calls that are begun on behalf of somebody who does not hold them yet, and so cannot close them.
 */
final class Begun {
  private Begun() {}

  /**
   * {@return the call, once it has begun} What the beginning throws is passed on, and ends the
   * call.
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

  /** Cancels the call for what was thrown, which goes on to the caller whatever comes of that. */
  static void cancel(ClientCall<?, ?> call, Throwable thrown) {
    try {
      call.cancel("an exception on the client's side ended the call");
    } catch (Throwable again) { // an interceptor's, for example
      if (!again.equals(thrown)) { // nothing can suppress itself
        thrown.addSuppressed(again);
      }
    }
  }
}
