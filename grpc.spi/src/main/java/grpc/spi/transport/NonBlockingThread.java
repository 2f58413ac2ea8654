package grpc.spi.transport;

/**
 * Marks threads that serve many connections and so must never wait: what would park on one throws
 * {@link IllegalStateException} instead, because whoever should wake it may be that very thread.
 */
public interface NonBlockingThread {
  /**
   * Checks that the current thread may wait.
   *
   * @param what the operation, for the message
   * @throws IllegalStateException on a {@code NonBlockingThread}
   */
  static void requireBlockingAllowed(String what) {
    if (Thread.currentThread() instanceof NonBlockingThread) {
      throw new IllegalStateException(
          what
              + " would block the connection's reader, on which inline handlers run; serve this"
              + " method without inline()");
    }
  }
}
