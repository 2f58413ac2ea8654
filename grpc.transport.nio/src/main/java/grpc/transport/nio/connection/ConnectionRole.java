package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.transport.nio.outbound.WriterRole;

/** The client's or the server's role on a connection: all that differs between them. */
public interface ConnectionRole extends InboundRole, WriterRole {
  /** {@return whether calls run} Any thread. */
  boolean hasCalls();

  /** A call has ended, for any reason; once per call. Any thread. */
  void callEnded();

  /** The connection is gone; its remaining streams have ended. May be called again. Any thread. */
  void closed(Status cause);
}
