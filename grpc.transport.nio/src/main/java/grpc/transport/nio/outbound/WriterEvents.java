package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.transport.nio.frame.ErrorCode;

/**
 * Events of the writer, for its connection. They come under the writer's role, so no method may
 * wait.
 */
public interface WriterEvents {
  /** A command that the peer provoked is framed. */
  void provokedFramed();

  /** The peer broke a rule that only the writer can see. */
  void violated(ErrorCode code, String message);

  /**
   * The peer broke a rule of a stream that only the writer can see: the stream is reset and fails.
   */
  void madeToReset(OutboundStream stream, Status cause);

  /** Everything is written, and our half of the connection has ended, for this cause. */
  void outputShutDown(Status cause);

  /** The writer is gone; all remaining streams fail with this cause. */
  void closed(Status cause);

  /** {@return whether this is the loop inside a read pass} */
  boolean insideReadPass();
}
