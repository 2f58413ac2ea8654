package grpc.spi.transport;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import java.util.Optional;

/**
 * One request on the server. A transport implements it. One thread may send while another receives;
 * {@link #close} may come from any thread. {@link ClientStream} says how methods wait.
 */
public interface ServerStream {
  /** {@return the request's headers} */
  RequestHeaders headers();

  /** {@return the two ends of the connection} */
  Peer peer();

  /**
   * Waits for the next message.
   *
   * @return the message, or empty when the client has half-closed
   * @throws grpc.api.StatusException when the stream ended before that: CANCELLED,
   *     RESOURCE_EXHAUSTED for a message over the limit, or INTERNAL for malformed bytes
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
   * Ends the response with this status and these trailers. Drops the unread rest of the request.
   * Has no effect when the response has ended.
   */
  void close(Status status, Metadata trailers);

  /** Sends headers, a message and an end with OK together, without waiting. */
  void respond(ResponseHeaders headers, Message message, Metadata trailers);
}
