package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.transport.nio.frame.ErrorCode;
import java.util.function.Consumer;

/**
 * What the writer tells its connection, and asks of it; under the role, so nothing here may wait.
 */
public interface WriterEvents {
  /** A stream has got its id; it must be in the table before its HEADERS leave. Client only. */
  void opened(OutboundStream stream);

  /** END_STREAM of our half is written. */
  void localEnded(OutboundStream stream);

  /** RST_STREAM is written: the stream is gone. */
  void resetWritten(OutboundStream stream);

  /** {@return how many streams are open} */
  int openStreams();

  /** Calls the action with each open stream. */
  void forEachStream(Consumer<OutboundStream> action);

  /**
   * {@return bytes by which the peer has widened the connection's window since it was asked last}
   */
  long takePeerWindow();

  /** {@return bytes of connection window earned since it was asked last} */
  int takeWindowCredit();

  /** A command that the peer provoked has been framed. */
  void provokedFramed();

  /** The peer broke a rule that only the writer can see. */
  void violated(ErrorCode code, String message);

  /** The peer broke a rule that only the writer can see: the stream is reset, and fails so. */
  void madeToReset(OutboundStream stream, Status cause);

  /** The last stream id is used. */
  void idsUsedUp();

  /** All is written, and our half of the connection has ended; with the cause of the shutdown. */
  void outputShutDown(Status cause);

  /** The writer is gone; everything that is left fails with this cause. */
  void closed(Status cause);

  /** {@return whether other calls are likely to put something soon} */
  boolean othersInFlight();

  /** {@return whether this is the loop inside a read pass} */
  boolean insideReadPass();
}
