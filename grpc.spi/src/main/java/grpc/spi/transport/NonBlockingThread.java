package grpc.spi.transport;

/**
 * Marks threads that serve many connections and must never wait. An operation that would wait
 * throws {@link IllegalStateException} instead: its wake-up may have to come from that very thread.
 */
public interface NonBlockingThread {
  /**
   * Checks that the current thread may wait.
   *
   * @param what the name of the operation, for the message
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
