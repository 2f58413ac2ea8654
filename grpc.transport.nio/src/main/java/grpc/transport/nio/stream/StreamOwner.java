package grpc.transport.nio.stream;

import grpc.transport.nio.outbound.Command;

/** What a stream asks of its connection. */
public interface StreamOwner {
  /** Puts a command for the writer; false when the connection has closed. Any thread. */
  boolean put(Command command);

  /** {@return whether the current thread is the connection's loop} */
  boolean isOnLoop();

  /** Wakes the stream's reader at the end of the read pass. Loop only. */
  void wakeLater(Stream stream);

  /** Measures a round trip for the stream, unless one is being measured. The reader's thread. */
  void measureRoundTrip(Stream stream);

  /** {@return what bounds the bytes of messages that are received and not taken} */
  ReceiveBudget budget();

  /**
   * Something that was put for a call will never be written: the call has ended. Any thread.
   *
   * @param bytes of messages that wait
   */
  void becameMoot(int bytes);

  /** Has the loop look for calls whose handlers could not answer. Any thread; takes no memory. */
  void again();

  /** A call has ended, however; once a call. Any thread. */
  void callEnded();
}
