package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.transport.nio.outbound.WriterRole;

/** The client's or the server's role on a connection: all that differs between them. */
public interface ConnectionRole extends InboundRole, WriterRole {
  /** {@return whether calls run} Any thread. */
  boolean hasCalls();

  /** A call has ended, however; once a call. Any thread. */
  void callEnded();

  /**
   * The connection is gone; the streams that are left have ended. May be told again. Any thread.
   */
  void closed(Status cause);
}
