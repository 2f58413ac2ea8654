package grpc.transport.nio.stream;

import grpc.transport.nio.outbound.Command;

/** A stream's view of its connection. */
public interface StreamOwner {
  /** Puts a command for the writer; false when the connection has closed. Any thread. */
  boolean put(Command command);

  /** {@return whether the current thread is the connection's loop} */
  boolean isOnLoop();

  /** Wakes the stream's reader at the end of the read pass. Loop only. */
  void wakeLater(Stream stream);

  /** Measures a round trip for the stream, unless a measurement runs. The reader's thread. */
  void measureRoundTrip(Stream stream);

  /** {@return the budget for bytes of messages that are received and not taken} */
  ReceiveBudget budget();

  /**
   * A command that was put for a call has become obsolete: the call has ended. Any thread.
   *
   * @param bytes the bytes of messages that wait
   */
  void becameObsolete(int bytes);

  /**
   * Asks the loop to look for calls that their handlers could not answer. Any thread; takes no
   * memory.
   */
  void again();

  /** A call has ended, for any reason; once per call. Any thread. */
  void callEnded();
}
