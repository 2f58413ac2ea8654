package grpc.transport.nio.stream;

/** Bounds the bytes of messages that are received and not taken. Any thread. */
public interface ReceiveBudget {
  /** The client's: it asked for what it receives. */
  ReceiveBudget UNLIMITED =
      new ReceiveBudget() {
        @Override
        public boolean charge(int bytes) {
          return true;
        }

        @Override
        public void release(int bytes) {}

        @Override
        public boolean windowsMayGrow() {
          return true;
        }
      };

  /** {@return whether so many bytes more may be kept; they are counted then} */
  boolean charge(int bytes);

  /** Bytes that were charged are no longer kept. */
  void release(int bytes);

  /**
   * {@return whether the budget allows as much as a stream's window may grow to} Else a fast sender
   * fills the window of a reader that slows down, and its call is refused for it.
   */
  boolean windowsMayGrow();
}
