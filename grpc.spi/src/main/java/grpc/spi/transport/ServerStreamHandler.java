package grpc.spi.transport;

import grpc.api.Status;
import java.util.concurrent.ThreadFactory;

/**
 * Answers one request; the kernel implements it. The transport calls {@link #run} once, on the
 * thread that {@link #dispatch} asks for, unless the stream is gone by then; and {@link #cancelled}
 * at most once, on any thread, before, during or after it.
 */
public interface ServerStreamHandler extends Runnable {
  /** The moment and the thread of a handler's run. */
  enum Dispatch {
    /** On a fresh virtual thread, as soon as the headers are there. */
    AT_HEADERS,
    /** On a fresh virtual thread, once the client has half-closed, so that it does not wait. */
    WHEN_WHOLE,
    /** On the connection's reader itself, once the client has half-closed. It must not block. */
    INLINE,
    /**
     * On the connection's reader itself, as soon as the headers are there and before the transport
     * reads more of the request: for an answer that needs no message, such as a refusal. It must
     * not block. Once it has closed its stream, the transport drops the rest of the request.
     */
    INLINE_AT_HEADERS;

    /** {@return whether to run as soon as the headers are there} */
    public boolean startsAtHeaders() {
      return this == AT_HEADERS || this == INLINE_AT_HEADERS;
    }

    /** {@return whether to run on the connection's reader} */
    public boolean isInline() {
      return this == INLINE || this == INLINE_AT_HEADERS;
    }
  }

  /** {@return the moment and the thread of the run} */
  Dispatch dispatch();

  /**
   * {@return the factory for the thread of {@link #run}, if it has one of its own} There is one
   * factory per method, so a thread's name costs no allocation.
   */
  default ThreadFactory threads() {
    return HandlerThreads.UNNAMED;
  }

  /** {@return the limit for a message received, in bytes as they are on the wire} */
  int maxReceiveMessageSize();

  /** Answers the request and closes its stream. Does not throw. */
  @Override
  void run();

  /** The client cancelled the request, or its connection is gone; must not block. */
  void cancelled(Status reason);
}
