package grpc.spi.transport;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import java.util.Optional;

/**
 * One request on the server. A transport implements it. One thread may send while another receives;
 * {@link #close} may come from any thread. On waiting see {@link ClientStream}.
 */
public interface ServerStream {
  /** {@return what the request says before its messages} */
  RequestHeaders headers();

  /** {@return the two ends of the connection} */
  Peer peer();

  /**
   * Waits for the next message.
   *
   * @return the message, or empty when the client has half-closed
   * @throws grpc.api.StatusException when the stream ended before that: CANCELLED, or what the
   *     request's bytes deserve (RESOURCE_EXHAUSTED, INTERNAL)
   */
  Optional<Message> receive() throws InterruptedException;

  /** Sends the response headers. At most once, before any message. */
  void sendHeaders(ResponseHeaders headers);

  /**
   * Queues a message; waits while more than the write quota is queued.
   *
   * @return false when the stream has ended and the message is dropped
   */
  boolean send(Message message) throws InterruptedException;

  /**
   * Ends the response with this status and these trailers. Does nothing when it has ended. A
   * request that has not been read to its end is given up.
   */
  void close(Status status, Metadata trailers);

  /** Sends headers, a message and an end with OK together, without waiting. */
  void respond(ResponseHeaders headers, Message message, Metadata trailers);
}
