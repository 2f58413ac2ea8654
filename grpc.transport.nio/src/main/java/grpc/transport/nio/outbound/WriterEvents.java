package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.transport.nio.frame.ErrorCode;

/**
 * What the writer tells its connection, and asks of it; under the role, so nothing here may wait.
 */
public interface WriterEvents {
  /** A command that the peer provoked has been framed. */
  void provokedFramed();

  /** The peer broke a rule that only the writer can see. */
  void violated(ErrorCode code, String message);

  /** The peer broke a rule that only the writer can see: the stream is reset, and fails so. */
  void madeToReset(OutboundStream stream, Status cause);

  /** All is written, and our half of the connection has ended; with the cause of that. */
  void outputShutDown(Status cause);

  /** The writer is gone; everything that is left fails with this cause. */
  void closed(Status cause);

  /** {@return whether this is the loop inside a read pass} */
  boolean insideReadPass();
}
