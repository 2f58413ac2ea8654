package grpc.transport.nio.stream;

/** Limits the bytes of messages that are received and not yet taken. Any thread. */
public interface ReceiveBudget {
  /** The client's budget, without a limit: it asked for what it receives. */
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

  /** {@return whether this many more bytes may be kept} If so, they are charged. */
  boolean charge(int bytes);

  /** Gives charged bytes back. */
  void release(int bytes);

  /**
   * {@return whether the budget allows a stream's largest window} If not, a fast sender could fill
   * the grown window of a reader that slows down, and its call would be refused for that.
   */
  boolean windowsMayGrow();
}
