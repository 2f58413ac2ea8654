package grpc.transport.nio.outbound;

/**
 * The writer's view of the client's or the server's role on a connection. It calls the methods
 * under the writer's role, so none may wait.
 */
public interface WriterRole {
  /** END_STREAM of our half is written. */
  void localEnded(OutboundStream stream);

  /** RST_STREAM of ours is written: the stream is gone. */
  void resetWritten(OutboundStream stream);

  /** Three quarters of the stream ids are used. Client only. */
  void idsUsedUp();

  /** {@return whether other calls are likely to put a command soon} Any thread. */
  boolean othersInFlight();
}
