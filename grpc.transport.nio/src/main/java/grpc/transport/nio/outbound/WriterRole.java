package grpc.transport.nio.outbound;

/**
 * What the writer asks of the client's or the server's role on a connection. Under the writer's
 * role, so nothing here may wait.
 */
public interface WriterRole {
  /** END_STREAM of our half is written. */
  void localEnded(OutboundStream stream);

  /** RST_STREAM of ours is written: the stream is gone. */
  void resetWritten(OutboundStream stream);

  /** Three quarters of the stream ids are used. Client only. */
  void idsUsedUp();

  /** {@return whether other calls are likely to put something soon} Any thread. */
  boolean othersInFlight();
}
