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

  /** A call has ended, however; once a call. Any thread. */
  void callEnded();
}
